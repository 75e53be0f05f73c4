import { type FormEvent, useId, useState } from 'react';
import { ApiError } from '../../../api-error.ts';
import { describeError } from '../../../describe-error.ts';
import { t } from '../../../language/t.ts';
import { Alert } from '../../../parts/alert.tsx';
import { Button } from '../../../parts/buttons/button.tsx';
import { TextField } from '../../../parts/forms/text-field.tsx';
import { Dialog } from '../../../parts/overlays/dialog.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import type { AdminUserInFull } from '../admin-types.ts';
import { mailWords } from './mail-words.ts';
import { useChangeUser } from './use-user.ts';

interface UserEndProps {
  of: AdminUserInFull;
  open: boolean;
  onClose: () => void;
}

/** The day on which an account is closed. */
export function UserEnd({ of: user, open, onClose }: UserEndProps) {
  const formId = useId();
  const [day, setDay] = useState(user.endsAt?.slice(0, 10) ?? '');
  const change = useChangeUser(user.id, (mail) => {
    toasts.add({
      type: 'success',
      title: t('End of {email} changed', { email: user.email }),
      ...mailWords(mail),
    });
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ endsAt: day === '' ? null : day });
  };
  const ofField = change.error instanceof ApiError && change.error.param === 'endsAt';
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || change.isPending || onClose()}
      title={t('When this account ends')}
      description={t('It is suspended from that day on. Nothing is deleted.')}
      footer={
        <>
          <Button onClick={onClose} disabled={change.isPending}>
            {t('Cancel')}
          </Button>
          <Button variant="primary" type="submit" form={formId} busy={change.isPending}>
            {t('Save')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {change.isError && !ofField && <Alert tone="danger">{describeError(change.error).message}</Alert>}
        <div className="max-w-56">
          <TextField
            type="date"
            label={t('First day without it (UTC)')}
            hint={t('Empty: it never ends.')}
            error={ofField ? describeError(change.error).message : undefined}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </div>
      </form>
    </Dialog>
  );
}
