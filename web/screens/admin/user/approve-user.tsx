import { UserCheck } from 'lucide-react';
import { describeError } from '../../../describe-error.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import type { AdminUserInFull } from '../admin-types.ts';
import { mailWords } from './mail-words.ts';
import { useChangeUser } from './use-user.ts';

/** Lets in a user who waits for it. */
export function ApproveUser({ of: user }: { of: AdminUserInFull }) {
  const change = useChangeUser(user.id, (mail) =>
    toasts.add({
      type: 'success',
      title: t('{email} is approved', { email: user.email }),
      ...mailWords(mail),
    }),
  );
  const approve = () =>
    change.mutate(
      { approved: true },
      {
        onError: (error) =>
          toasts.add({ type: 'error', title: t('Not approved'), description: describeError(error).message }),
      },
    );
  return (
    <Button variant="primary" icon={<UserCheck aria-hidden />} busy={change.isPending} onClick={approve}>
      {t('Approve')}
    </Button>
  );
}
