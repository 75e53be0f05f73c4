import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { adminRoutes } from '../../../../core/contract/admin/admin-routes.ts';
import { describeError } from '../../../describe-error.ts';
import { t } from '../../../language/t.ts';
import { ConfirmByTyping } from '../../../parts/overlays/confirm-by-typing.tsx';
import { toasts } from '../../../parts/overlays/toasts/toasts.ts';
import { useApi } from '../../../shell/console-context.ts';
import type { AdminUserInFull } from '../admin-types.ts';
import { mailWords } from './mail-words.ts';

interface DeleteUserProps {
  of: AdminUserInFull;
  open: boolean;
  onClose: () => void;
}

export function DeleteUser({ of: user, open, onClose }: DeleteUserProps) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deletion = useMutation({
    mutationFn: () => api.call(adminRoutes.deleteUser, { path: { id: user.id } }),
    onSuccess: ({ mail }) => {
      toasts.add({
        type: 'success',
        title: t('{email} is deleted', { email: user.email }),
        ...mailWords(mail),
      });
      navigate('/admin/users', { replace: true });
      queries.removeQueries({ queryKey: ['admin', 'user', user.id] });
      void queries.invalidateQueries({ queryKey: ['admin'] });
    },
  });
  return (
    <ConfirmByTyping
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t('Delete this user?')}
      description={t(
        'The account, all of its keys and their usage will be deleted. Programs that use the keys will stop working at once. This can’t be undone.',
      )}
      phrase={user.email}
      confirmLabel={t('Delete user')}
      onConfirm={() => deletion.mutate()}
      busy={deletion.isPending}
      error={deletion.isError ? describeError(deletion.error).message : undefined}
    />
  );
}
