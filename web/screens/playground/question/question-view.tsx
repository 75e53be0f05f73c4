import { Pencil } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { AttachmentList } from '../attachments/attachment-list.tsx';
import type { Question } from './question.ts';
import { QuestionEditor } from './question-editor.tsx';
import { ToolResultsView } from './tool-results.tsx';

interface QuestionViewProps {
  question: Question;
  /** Nothing can be asked now. */
  isBusy: boolean;
  /** Asks again with another text or fewer files; only the last question can be changed. */
  onEdit: ((question: Question) => void) | undefined;
}

export const QuestionView = memo(function QuestionView({ question, isBusy, onEdit }: QuestionViewProps) {
  const [draft, setDraft] = useState<Question>();
  const isBack = useRef(false);
  const focusWhenBack = (button: HTMLButtonElement | null) => {
    if (isBack.current) button?.focus();
    isBack.current = false;
  };
  if (question.results !== undefined) return <ToolResultsView results={question.results} />;
  if (draft !== undefined && onEdit !== undefined) {
    const send = () => {
      if (isBusy || draft.text.trim() === '') return;
      setDraft(undefined);
      onEdit(draft);
    };
    const cancel = () => {
      isBack.current = true;
      setDraft(undefined);
    };
    return (
      <QuestionEditor draft={draft} isBusy={isBusy} onChange={setDraft} onSend={send} onCancel={cancel} />
    );
  }
  return (
    <div className="flex min-w-0 flex-col items-end gap-1.5 pl-8 sm:pl-16">
      <h2 className="sr-only">{t('You asked')}</h2>
      <AttachmentList attachments={question.attachments} align="end" />
      <p
        dir="auto"
        className="wrap-anywhere max-w-full whitespace-pre-wrap rounded-lg bg-accent-soft px-3.5 py-2.5 text-start [unicode-bidi:plaintext]"
      >
        {question.text}
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
          {t('Edit')}
        </Button>
      )}
    </div>
  );
});
