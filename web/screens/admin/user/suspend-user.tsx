import { useState } from 'react';
import { describeError } from '../../../describe-error.ts';
import { t } from '../../../language/t.ts';
import { Confirm } from '../../../parts/overlays/confirm.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import type { AdminUserInFull } from '../admin-types.ts';
import { mailWords } from './mail-words.ts';
import { useChangeUser } from './use-user.ts';

interface SuspendUserProps {
  of: AdminUserInFull;
  open: boolean;
  onClose: () => void;
}

/** Suspends a user or lifts the suspension. */
export function SuspendUser({ of: user, open, onClose }: SuspendUserProps) {
  // As it was when the question was put: the answer changes the user before the dialog has gone.
  const [isSuspended] = useState(user.status === 'suspended');
  const change = useChangeUser(user.id, (mail) => {
    const { email } = user;
    const title = isSuspended
      ? t('{email} is active again', { email })
      : t('{email} is suspended', { email });
    toasts.add({ type: 'success', title, ...mailWords(mail) });
    onClose();
  });
  return (
    <Confirm
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={
        isSuspended
          ? t('Resume {email}?', { email: user.email })
          : t('Suspend {email}?', { email: user.email })
      }
      description={
        isSuspended
          ? t('Their keys and logins work again at once, as they were.')
          : t(
              'Every call with their keys and logins is refused at once. Nothing is deleted, and you can resume them any time.',
            )
      }
      confirmLabel={isSuspended ? t('Resume') : t('Suspend')}
      danger={!isSuspended}
      onConfirm={() => change.mutate({ suspended: !isSuspended })}
      busy={change.isPending}
      error={change.isError ? describeError(change.error).message : undefined}
    />
  );
}
