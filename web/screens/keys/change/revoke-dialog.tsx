import { useMutation, useQueryClient } from '@tanstack/react-query';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import type { Key } from '../../../keys/key.ts';
import { t } from '../../../language/t.ts';
import { ConfirmRevoke, sayRevoked } from '../../../parts/overlays/confirm-revoke.tsx';
import { useApi } from '../../../shell/console-context.ts';

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
      sayRevoked(key);
      onClose();
    },
  });
  return (
    <ConfirmRevoke of={key} open={open} onClose={onClose} revocation={revocation}>
      {t('This frees its place on the plan {plan}.', { plan: key.plan })}
    </ConfirmRevoke>
  );
}
