import { type KeyboardEvent, useEffect, useRef } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextArea } from '../../../parts/forms/text-area.tsx';
import { AttachmentList } from '../attachments/attachment-list.tsx';
import type { Question } from './question.ts';
import { sendsOnEnter } from './sends-on-enter.ts';

interface QuestionEditorProps {
  draft: Question;
  /** Nothing can be asked now. */
  isBusy: boolean;
  onChange: (draft: Question) => void;
  onSend: () => void;
  onCancel: () => void;
}

/** Edits a question that was already asked. */
export function QuestionEditor({ draft, isBusy, onChange, onSend, onCancel }: QuestionEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    } else if (sendsOnEnter(event)) {
      event.preventDefault();
      onSend();
    }
  };
  useEffect(() => focusAtEnd(field.current), []);
  return (
    <div className="flex min-w-0 flex-col gap-2 sm:pl-16">
      <AttachmentList
        attachments={draft.attachments}
        onRemove={(id) =>
          onChange({ ...draft, attachments: draft.attachments.filter((attachment) => attachment.id !== id) })
        }
        onEmptied={() => field.current?.focus()}
      />
      <TextArea
        label={t('Your question')}
        ref={field}
        value={draft.text}
        onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <div className="flex justify-end gap-2">
        <Button size="small" variant="ghost" onClick={onCancel}>
          {t('Cancel')}
        </Button>
        <Button size="small" variant="primary" disabled={isBusy || draft.text.trim() === ''} onClick={onSend}>
          {t('Send again')}
        </Button>
      </div>
    </div>
  );
}

function focusAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
