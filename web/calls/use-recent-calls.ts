import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { requestRoutes } from '../../core/contract/requests.ts';
import { ApiError } from '../api-error.ts';
import { useApi } from '../shell/console-context.ts';
import { lastDays } from '../shell/last-days.ts';
import type { LoggedRequest } from './logged-request.ts';

/** The API's maximum. */
const callsPerPage = 100;

interface RecentCalls {
  keyId?: string | undefined;
  /** Days (UTC). */
  from?: string | undefined;
  to?: string | undefined;
  /** For the last days: how many. */
  period?: string | undefined;
  /** A multiple of 100: each page is a call of the API. */
  most: number;
  isWanted?: boolean;
}

/** The newest calls, page by page up to a bound, for what only single calls can answer. */
export function useRecentCalls({ keyId, from, to, period, most, isWanted = true }: RecentCalls) {
  const api = useApi();
  const query = useInfiniteQuery({
    ...lastDays(period === undefined ? ['calls', keyId, from, to] : ['calls', keyId, period], from, to),
    enabled: isWanted,
    queryFn: ({ pageParam, signal }) =>
      api.call(requestRoutes.listRequests, {
        query: { keyId, from, to, limit: callsPerPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // Asking again would ask for every page.
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  // A page may hold fewer calls than its limit, even none.
  const pagesLeft = most / callsPerPage - (data?.pages.length ?? 0);
  const wantsMore = hasNextPage && pagesLeft > 0;
  useEffect(() => {
    if (wantsMore && !isFetching && !isError) void fetchNextPage();
  }, [wantsMore, isFetching, isError, fetchNextPage]);
  const calls: readonly LoggedRequest[] = data?.pages.flatMap((page) => page.data) ?? [];
  return {
    calls,
    /** Nothing more will come. */
    isWhole: data !== undefined && !wantsMore,
    /** There are older ones beyond the bound. */
    isCut: hasNextPage && pagesLeft <= 0,
    /** The operator keeps no list of calls. */
    isOff: query.error instanceof ApiError && query.error.code === 'not_found',
    error: query.error,
    isFetching,
    retry: () => void (data === undefined ? query.refetch() : fetchNextPage()),
  };
}
