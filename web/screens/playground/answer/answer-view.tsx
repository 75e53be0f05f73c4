import { RotateCw } from 'lucide-react';
import { memo, useState } from 'react';
import { t } from '../../../language/t.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { CopyButton } from '../../../parts/buttons/copy-button.tsx';
import { CodeBlock } from '../../../parts/code/code-block.tsx';
import { Disclosure } from '../../../parts/disclosure.tsx';
import { wasRefused } from '../question/chat-body.ts';
import { type Answer, isUnderWay, type ToolCall } from './answer.ts';
import { AnswerFigures } from './answer-figures.tsx';
import { AnswerText } from './answer-text.tsx';
import { AnswerWait } from './answer-wait.tsx';
import { PlainText } from './plain-text.tsx';

interface AnswerViewProps {
  answer: Answer;
  /** Any call would be refused now. */
  isHeld: boolean;
  /** Only for the last answer. */
  onAgain: (() => void) | undefined;
}

export const AnswerView = memo(function AnswerView({ answer, isHeld, onAgain }: AnswerViewProps) {
  const { id, text, reasoning, refusal, toolCalls, model, askedModel } = answer;
  const underWay = isUnderWay(answer);
  const isEmpty = text === '' && reasoning === '' && refusal === '' && toolCalls.length === 0;
  return (
    <article aria-labelledby={`${id}-by`} aria-busy={underWay} className="flex min-w-0 flex-col gap-3">
      <h2 id={`${id}-by`} className="flex flex-wrap items-center gap-2 font-medium text-ink-soft text-sm">
        {model ?? askedModel}
        {model !== undefined && model !== askedModel && (
          <Badge tone="warning">{t('instead of {askedModel}', { askedModel })}</Badge>
        )}
      </h2>
      {reasoning !== '' && <ReasoningView text={reasoning} isComing={underWay && text === ''} />}
      {text !== '' && <AnswerText text={text} isComing={underWay} idPrefix={id} />}
      {refusal !== '' && (
        <p dir="auto" className="text-ink-soft">
          {refusal}
        </p>
      )}
      {toolCalls.map((call) => (
        <ToolCallView key={call.id} call={call} />
      ))}
      {underWay && <AnswerWait answer={answer} />}
      {isEmpty && answer.phase === 'stopped' && (
        <p className="text-ink-faint">{t('Stopped before the first word.')}</p>
      )}
      {isEmpty && answer.phase === 'done' && (
        <p className="text-ink-faint">{t('The model’s answer was empty.')}</p>
      )}
      {onAgain === undefined && wasRefused(answer) && (
        <p className="text-ink-faint">{t('Refused, so this question is left out of later calls.')}</p>
      )}
      {!underWay && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <div className="-ml-2 flex items-center">
            {text !== '' && <CopyButton text={text} label={t('Copy answer')} />}
            {onAgain !== undefined && answer.phase !== 'failed' && (
              <Button
                size="small"
                variant="ghost"
                icon={<RotateCw aria-hidden />}
                disabled={isHeld}
                onClick={() => onAgain()}
              >
                {t('Regenerate')}
              </Button>
            )}
          </div>
          {(!isEmpty || answer.phase === 'done') && <AnswerFigures answer={answer} />}
        </div>
      )}
    </article>
  );
});

/** What the model thought before it answered. Folded: few want to read it. */
function ReasoningView({ text, isComing }: { text: string; isComing: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure title={isComing ? t('Thinking') : t('Thought')} open={open} onOpenChange={setOpen}>
      <div className="wrap-anywhere border-line-strong border-s-2 ps-3.5 text-ink-soft">
        <PlainText text={text} />
      </div>
    </Disclosure>
  );
}

/** A tool call that the model asks for. The playground doesn't run it: that is up to the API's callers. */
function ToolCallView({ call: { name, arguments: json } }: { call: ToolCall }) {
  return <CodeBlock code={indented(json)} language="json" label={t('Tool call: {name}', { name })} wrap />;
}

/** JSON is incomplete while it streams, and a model may never get it right. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
