import { type FormEvent, useState } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import type { ToolCall } from '../answer/answer.ts';
import { emptyQuestion, type Question, type ToolResult } from './question.ts';

interface ToolResultsFormProps {
  calls: readonly ToolCall[];
  /** Nothing can be asked now. */
  isHeld: boolean;
  onSend: (question: Question) => void;
}

/** Takes what the tools gave, with which the chat goes on. The playground runs no tool. */
export function ToolResultsForm({ calls, isHeld, onSend }: ToolResultsFormProps) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const results = calls.map(({ id, name }) => ({ callId: id, name, text: texts[id] ?? '' }));
  const canSend = !isHeld && results.every(({ text }) => text.trim() !== '');
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (canSend) onSend({ ...emptyQuestion, results });
  };
  return (
    <form
      aria-label={t('Results of the tools')}
      onSubmit={send}
      className="mb-6 flex flex-col gap-3 rounded-lg border border-line bg-surface p-4"
    >
      <p className="text-ink-soft">
        {t(
          'The model called tools. Type what they would give, and the chat goes on: that is one more request.',
        )}
      </p>
      {calls.map(({ id, name }) => (
        <TextArea
          key={id}
          label={t('Result of {name}', { name })}
          mono
          spellCheck={false}
          value={texts[id] ?? ''}
          onChange={(event) => setTexts({ ...texts, [id]: event.currentTarget.value })}
        />
      ))}
      <div>
        <Button type="submit" variant="primary" disabled={!canSend}>
          {t('Send results')}
        </Button>
      </div>
    </form>
  );
}

/** In the place of a question. */
export function ToolResultsView({ results }: { results: readonly ToolResult[] }) {
  return (
    <div className="flex min-w-0 flex-col gap-3 ps-8 sm:ps-16">
      <h2 className="sr-only">{t('Results of the tools')}</h2>
      {results.map(({ callId, name, text }) => (
        <CodeBlock key={callId} code={text} language="json" label={t('Result of {name}', { name })} wrap />
      ))}
    </div>
  );
}
