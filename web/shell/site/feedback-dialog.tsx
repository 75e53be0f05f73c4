import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import {
  type FeedbackBody,
  feedbackCategories,
  feedbackRoutes,
  mostFeedbackCharacters,
} from '../../../core/contract/feedback.ts';
import { describeError } from '../../describe-error.ts';
import { t } from '../../language/t.ts';
import { Alert } from '../../parts/alert.tsx';
import { Button } from '../../parts/buttons/button.tsx';
import { ChoiceRow } from '../../parts/forms/choice-row.tsx';
import { TextArea } from '../../parts/forms/text-area.tsx';
import { Dialog } from '../../parts/overlays/dialog.tsx';
import { toasts } from '../../parts/overlays/toasts/toasts.ts';
import { useApi } from '../console-context.ts';
import { useMe } from '../session/use-me.ts';

interface FeedbackDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A message to the operator. What was typed stays while the dialog is closed, until it is sent. */
export function FeedbackDialog({ open, onOpenChange }: FeedbackDialogProps) {
  const api = useApi();
  const email = useMe().data?.email ?? '';
  const formId = useId();
  const [category, setCategory] = useState<FeedbackBody['category']>('problem');
  const [message, setMessage] = useState('');
  const [fault, setFault] = useState<string>();
  const send = useMutation({
    mutationFn: () => api.call(feedbackRoutes.sendFeedback, { body: { message, category } }),
    onSuccess() {
      setMessage('');
      onOpenChange(false);
      toasts.add({ title: t('Feedback sent'), type: 'success' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { length } = message.trim();
    const found =
      length === 0
        ? t('Write a message first.')
        : length > mostFeedbackCharacters
          ? t('At most {most, number} characters.', { most: mostFeedbackCharacters })
          : undefined;
    setFault(found);
    if (found === undefined && !send.isPending) send.mutate();
  };
  const words: Record<FeedbackBody['category'], string> = {
    problem: t('Problem'),
    idea: t('Idea'),
    question: t('Question@@feedback'),
    other: t('Other@@feedback'),
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('Send feedback')}
      description={t('It is mailed to the operator, who can answer to {email}.', { email })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('Cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" busy={send.isPending}>
            {t('Send')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <ChoiceRow
          label={t('What is it about?')}
          options={feedbackCategories.map((value) => ({ value, label: words[value] }))}
          value={category}
          onChange={setCategory}
        />
        <TextArea
          label={t('Message')}
          hint={t('Leave out keys and passwords.')}
          error={fault}
          rows={6}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
        {send.isError && <Alert tone="danger">{describeError(send.error).message}</Alert>}
      </form>
    </Dialog>
  );
}
