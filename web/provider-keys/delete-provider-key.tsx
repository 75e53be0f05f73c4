import { useMutation, useQueryClient } from '@tanstack/react-query';
import { providerKeyRoutes } from '../../core/contract/provider-keys.ts';
import { ApiError } from '../api-error.ts';
import { describeError } from '../describe-error.ts';
import { t } from '../language/t.ts';
import { Confirm } from '../parts/overlays/confirm.tsx';
import { toasts } from '../parts/overlays/toasts/toasts.ts';
import { useApi } from '../shell/console-context.ts';
import type { ProviderKeyDialogProps } from './put-provider-key.tsx';

export function DeleteProviderKey({ keyId, provider, kept, open, onClose }: ProviderKeyDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const deletion = useMutation({
    mutationFn: () =>
      api
        .call(providerKeyRoutes.deleteProviderKey, { path: { provider }, query: { keyId } })
        // Another tab, or an attempt whose answer was lost, has deleted it.
        .catch((error: unknown) => {
          if (!(error instanceof ApiError && error.code === 'not_found')) throw error;
        }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['provider-keys'] });
      toasts.add({ type: 'success', title: t('Key for {provider} deleted', { provider }) });
      onClose();
    },
  });
  return (
    <Confirm
      open={open}
      onOpenChange={(next) => next || onClose()}
      title={t('Delete the key for {provider}?', { provider })}
      description={t(
        'Calls stop using …{last4} at once. It stays valid at {provider}: revoke it there if nobody should use it.',
        { last4: kept?.last4 ?? '', provider },
      )}
      confirmLabel={t('Delete key')}
      danger
      onConfirm={() => deletion.mutate()}
      busy={deletion.isPending}
      error={deletion.isError ? describeError(deletion.error).message : undefined}
    />
  );
}
