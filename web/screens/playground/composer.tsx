import { Field } from '@base-ui/react/field';
import { ArrowUp, Square } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { Button } from '../../parts/button.tsx';
import { sendsOnEnter } from './sends-on-enter.ts';
import { usePlayground, useStored } from './use-playground.ts';

interface ComposerProps {
  fieldRef: Ref<HTMLTextAreaElement>;
  isBusy: boolean;
  /** Why nothing can be sent now, in words; undefined when it can. */
  hindrance: string | undefined;
  /** What is left of the plan. */
  status: ReactNode;
  onSend: (question: string) => void;
  onStop: () => void;
}

/** Where one writes. It takes text while an answer comes, so that the next question can be thought out. */
export function Composer({ fieldRef, isBusy, hindrance, status, onSend, onStop }: ComposerProps) {
  const { question } = usePlayground();
  const text = useStored(question);
  const canSend = !isBusy && hindrance === undefined && text.trim() !== '';
  const send = () => {
    if (!canSend) return;
    question.set('');
    onSend(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!sendsOnEnter(event)) return;
    event.preventDefault();
    send();
  };
  return (
    <Field.Root className="rounded-xl border border-line-strong bg-surface shadow-card transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent">
      <Field.Label className="sr-only">Your question</Field.Label>
      <Field.Control
        value={text}
        onValueChange={(next) => question.set(next)}
        onKeyDown={onKeyDown}
        render={
          <textarea
            ref={fieldRef}
            rows={2}
            enterKeyHint="send"
            placeholder="Ask something"
            className="field-sizing-content block max-h-60 min-h-14 w-full resize-none bg-transparent px-3.5 pt-3 text-base outline-none placeholder:text-ink-faint touch:text-lg"
          />
        }
      />
      <div className="flex items-end justify-between gap-3 p-2 pl-3.5">
        <Field.Description className="min-w-0 self-center text-ink-faint text-sm">
          {hindrance ?? status}
        </Field.Description>
        {isBusy ? (
          <Button size="small" icon={<Square aria-hidden className="fill-current" />} onClick={onStop}>
            Stop
          </Button>
        ) : (
          <Button
            size="small"
            variant="primary"
            icon={<ArrowUp aria-hidden />}
            disabled={!canSend}
            onClick={send}
          >
            Send
          </Button>
        )}
      </div>
    </Field.Root>
  );
}
