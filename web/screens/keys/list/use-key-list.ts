import { useInfiniteQuery } from '@tanstack/react-query';
import { keyRoutes } from '../../../../core/contract/api-keys.ts';
import { lookAgainMs } from '../../../keys/look-again.ts';
import { useApi } from '../../../shell/console-context.ts';

const keysPerPage = 50;

/** The user's keys by page, newest first. */
export function useKeyList() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['keys', 'list'],
    queryFn: ({ pageParam, signal }) =>
      api.call(keyRoutes.listApiKeys, { query: { limit: keysPerPage, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // Today's usage changes all the time.
    staleTime: 0,
    refetchInterval: ({ state }) => lookAgainMs(state.data?.pages.flatMap(({ data }) => data) ?? []),
  });
}
