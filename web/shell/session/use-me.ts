import { useQuery } from '@tanstack/react-query';
import { accountRoutes } from '../../../core/contract/accounts/accounts.ts';
import { useApi } from '../console-context.ts';

export const meQueryKey = ['me'];

/** The logged-in user. */
export function useMe({ isWanted = true } = {}) {
  const api = useApi();
  return useQuery({
    queryKey: meQueryKey,
    queryFn: ({ signal }) => api.call(accountRoutes.getMe, { signal }),
    enabled: isWanted,
    staleTime: 5 * 60_000,
  });
}
