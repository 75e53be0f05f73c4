import { ArrowUp, Square } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject, useId } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { AttachButton } from '../attachments/attach-button.tsx';
import { AttachmentList } from '../attachments/attachment-list.tsx';
import { AttachmentNews } from '../attachments/attachment-news.tsx';
import { DropHint, useFileDrop } from '../attachments/file-drop.tsx';
import { pastedFiles } from '../attachments/pasted-files.ts';
import { usePlayground, useStored } from '../use-playground.ts';
import { emptyQuestion, type Question } from './question.ts';
import { sendsOnEnter } from './sends-on-enter.ts';
import { useDraftHindrance } from './use-draft-hindrance.ts';

interface ComposerProps {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  model: string;
  isBusy: boolean;
  /** Why nothing can be sent now, if so. */
  hindrance: ReactNode;
  /** What is left of the plan. */
  status: ReactNode;
  onSend: (question: Question) => void;
  onStop: () => void;
}

/** Takes text and files even while an answer streams, so that the next question can be prepared. */
export function Composer(props: ComposerProps) {
  const { fieldRef, model, isBusy, hindrance, status, onSend, onStop } = props;
  const { draft, attaching } = usePlayground();
  const question = useStored(draft);
  const id = useId();
  const ofDraft = useDraftHindrance(model, isBusy);
  const isOver = useFileDrop(attaching.attach);
  const canSend = !isBusy && hindrance === undefined && ofDraft === undefined && question.text.trim() !== '';
  const focusField = () => fieldRef.current?.focus({ preventScroll: true });
  const send = () => {
    if (!canSend) return;
    draft.set(emptyQuestion);
    attaching.forgetNews();
    onSend(question);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!sendsOnEnter(event)) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = pastedFiles(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    void attaching.attach(files);
  };
  return (
    <>
      <AttachmentNews onClosed={focusField} />
      <div className="relative rounded-xl border border-line-strong bg-surface shadow-card transition-colors focus-within:border-accent focus-within:outline-2 focus-within:outline-accent">
        {question.attachments.length > 0 && (
          <div className="max-h-[min(10rem,25dvh)] overflow-y-auto px-3 pt-3">
            <AttachmentList
              attachments={question.attachments}
              onRemove={attaching.remove}
              onEmptied={focusField}
            />
          </div>
        )}
        <label htmlFor={id} className="sr-only">
          {t('Your question')}
        </label>
        <textarea
          ref={fieldRef}
          id={id}
          aria-describedby={`${id}-status`}
          value={question.text}
          onChange={(event) => draft.set({ ...draft.get(), text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          dir="auto"
          rows={2}
          enterKeyHint="send"
          placeholder={t('Ask something')}
          className="field-sizing-content block max-h-60 min-h-14 w-full resize-none bg-transparent px-3.5 pt-3 text-base outline-none placeholder:text-ink-faint touch:text-lg"
        />
        <div className="flex items-end justify-between gap-2 p-2">
          <div className="flex min-w-0 items-center gap-1.5">
            <AttachButton onFiles={(files) => void attaching.attach(files)} />
            <p id={`${id}-status`} className="min-w-0 text-ink-faint text-sm">
              {hindrance ?? ofDraft ?? status}
            </p>
          </div>
          {isBusy ? (
            <Button size="small" icon={<Square aria-hidden className="fill-current" />} onClick={onStop}>
              {t('Stop')}
            </Button>
          ) : (
            <Button
              size="small"
              variant="primary"
              icon={<ArrowUp aria-hidden />}
              disabled={!canSend}
              onClick={send}
            >
              {t('Send')}
            </Button>
          )}
        </div>
        {isOver && <DropHint />}
      </div>
    </>
  );
}
