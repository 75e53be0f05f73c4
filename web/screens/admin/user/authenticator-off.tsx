import { useMutation, useQueryClient } from '@tanstack/react-query';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { describeError } from '../../../describe-error.ts';
import { t } from '../../../language/t.ts';
import { Confirm } from '../../../parts/overlays/confirm.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import { useApi } from '../../../shell/console-context.ts';
import type { AdminUserInFull } from '../admin-types.ts';

interface AuthenticatorOffProps {
  of: AdminUserInFull;
  open: boolean;
  onClose: () => void;
}

/** For a user who has lost the device. */
export function AuthenticatorOff({ of: user, open, onClose }: AuthenticatorOffProps) {
  const api = useApi();
  const queries = useQueryClient();
  const turnOff = useMutation({
    mutationFn: () => api.call(adminRoutes.turnOffAuthenticator, { path: { id: user.id } }),
    onSuccess: (changed) => {
      queries.setQueryData(['admin', 'user', user.id], changed);
      void queries.invalidateQueries({ queryKey: ['admin'] });
      toasts.add({
        type: 'success',
        title: t('{email} logs in with the password alone', { email: user.email }),
      });
      onClose();
    },
  });
  return (
    <Confirm
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t('Turn off the authenticator app?')}
      description={t(
        'Do this only if you are sure that {email} asks for it. Their password will be enough to log in, all of their sessions end, and the audit trail records it.',
        { email: user.email },
      )}
      confirmLabel={t('Turn off')}
      danger
      onConfirm={() => turnOff.mutate()}
      busy={turnOff.isPending}
      error={turnOff.isError ? describeError(turnOff.error).message : undefined}
    />
  );
}
