import { Pencil } from 'lucide-react';
import { type KeyboardEvent, memo, useRef, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { TextArea } from '../../parts/text-area.tsx';
import { sendsOnEnter } from './sends-on-enter.ts';

interface QuestionViewProps {
  question: string;
  isBusy: boolean;
  /** Asks it anew with other words; only the last question can be changed. */
  onEdit: ((question: string) => void) | undefined;
}

export const QuestionView = memo(function QuestionView({ question, isBusy, onEdit }: QuestionViewProps) {
  const [draft, setDraft] = useState<string>();
  const isBack = useRef(false);
  const focusWhenBack = (button: HTMLButtonElement | null) => {
    if (isBack.current) button?.focus();
    isBack.current = false;
  };
  if (draft !== undefined && onEdit !== undefined) {
    const send = () => {
      if (draft.trim() === '') return;
      setDraft(undefined);
      onEdit(draft);
    };
    const cancel = () => {
      isBack.current = true;
      setDraft(undefined);
    };
    return <QuestionEditor draft={draft} onChange={setDraft} onSend={send} onCancel={cancel} />;
  }
  return (
    <div className="flex flex-col items-end gap-1 pl-8 sm:pl-16">
      <h2 className="sr-only">You asked</h2>
      <p className="wrap-anywhere max-w-full whitespace-pre-wrap rounded-lg bg-accent-soft px-3.5 py-2.5">
        {question}
      </p>
      {onEdit !== undefined && (
        <Button
          ref={focusWhenBack}
          size="small"
          variant="ghost"
          icon={<Pencil aria-hidden />}
          disabled={isBusy}
          onClick={() => setDraft(question)}
        >
          Edit
        </Button>
      )}
    </div>
  );
});

interface QuestionEditorProps {
  draft: string;
  onChange: (draft: string) => void;
  onSend: () => void;
  onCancel: () => void;
}

function QuestionEditor({ draft, onChange, onSend, onCancel }: QuestionEditorProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    } else if (sendsOnEnter(event)) {
      event.preventDefault();
      onSend();
    }
  };
  return (
    <div className="flex flex-col gap-2 sm:pl-16">
      <TextArea
        label="Your question"
        ref={focusAtEnd}
        value={draft}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex justify-end gap-2">
        <Button size="small" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="small" variant="primary" disabled={draft.trim() === ''} onClick={onSend}>
          Send again
        </Button>
      </div>
    </div>
  );
}

function focusAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}
