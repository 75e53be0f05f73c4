import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import { describeError } from '../../../describe-error.ts';
import { ConfirmByTyping } from '../../../parts/overlays/confirm-by-typing.tsx';
import { toasts } from '../../../parts/overlays/toasts.ts';
import { useApi } from '../../../shell/console-context.ts';
import type { Key } from '../key.ts';

interface RevokeDialogProps {
  of: Key;
  open: boolean;
  onClose: () => void;
}

/** Revoking twice is harmless, so a lost answer can be retried. */
export function RevokeDialog({ of: key, open, onClose }: RevokeDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const revocation = useMutation({
    mutationFn: () => api.call(keyRoutes.revokeApiKey, { path: { id: key.id } }),
    onSuccess: (revoked) => {
      queries.setQueryData(['keys', 'one', key.id], revoked);
      void queries.invalidateQueries({ queryKey: ['keys'] });
      toasts.add({
        type: 'success',
        title: `${key.name} is revoked`,
        description: 'Calls with it now fail.',
      });
      onClose();
    },
  });
  return (
    <ConfirmByTyping
      open={open}
      onOpenChange={(next) => next || onClose()}
      title="Revoke this key?"
      description={
        <>
          Calls with <strong className="wrap-anywhere font-medium text-ink">{key.name}</strong> (…{key.last4})
          will fail at once, for good. This frees its place on the plan {key.plan}.
        </>
      }
      phrase={key.name}
      confirmLabel="Revoke key"
      onConfirm={() => revocation.mutate()}
      busy={revocation.isPending}
      error={revocation.isError ? describeError(revocation.error).message : undefined}
    />
  );
}
