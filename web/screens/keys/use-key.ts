import { useQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../../core/contract/api-keys.ts';
import type { Key } from '../../keys/key.ts';
import { lookAgainMs } from '../../keys/look-again.ts';
import { useApi } from '../../shell/console-context.ts';

/** One key, polled until it works. */
export function useKey(id: string, known?: Key) {
  const api = useApi();
  return useQuery({
    queryKey: ['keys', 'one', id],
    queryFn: ({ signal }) => api.call(keyRoutes.getApiKey, { path: { id }, signal }),
    // Today's usage changes all the time.
    staleTime: 0,
    refetchInterval: ({ state }) => lookAgainMs(state.data === undefined ? [] : [state.data]),
    ...(known !== undefined && { initialData: known }),
  });
}
