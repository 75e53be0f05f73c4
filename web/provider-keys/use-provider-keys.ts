import { useQuery } from '@tanstack/react-query';
import { providerKeyRoutes } from '../../core/contract/provider-keys.ts';
import type { AnswerOf } from '../api.ts';
import { useApi } from '../shell/console-context.ts';

export type ProviderKey = AnswerOf<typeof providerKeyRoutes.getProviderKey>;

/** The provider keys that are kept for the account, or for one Daypass key alone. */
export function useProviderKeys(keyId?: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['provider-keys', keyId ?? 'account'],
    queryFn: ({ signal }) => api.call(providerKeyRoutes.listProviderKeys, { query: { keyId }, signal }),
  });
}
