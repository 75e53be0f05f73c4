import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { requestRoutes } from '../../../core/contract/requests.ts';
import type { AnswerOf } from '../../api.ts';
import { useApi } from '../../shell/console-context.ts';

/** A call that has ended, or refusals of one kind within a minute. */
export type LoggedRequest = AnswerOf<typeof requestRoutes.listRequests>['data'][number];

export type Activity = ReturnType<typeof useActivity>;

const callsPerPage = 50;
const filterNames = ['key', 'status', 'model', 'day'] as const;
type FilterName = (typeof filterNames)[number];

/** The filters in the address, and the calls that match them, newest first. */
export function useActivity() {
  const [search, setSearch] = useSearchParams();
  const filters = Object.fromEntries(
    filterNames.map((name) => [name, search.get(name) || undefined]),
  ) as Record<FilterName, string | undefined>;
  const { key, status, model, day } = filters;
  const api = useApi();
  const query = useInfiniteQuery({
    queryKey: ['activity', key, status, model, day],
    queryFn: ({ pageParam, signal }) =>
      api.call(requestRoutes.listRequests, {
        query: { keyId: key, status, model, from: day, to: day, limit: callsPerPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: 0,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const calls: readonly LoggedRequest[] = data?.pages.flatMap((page) => page.data) ?? [];
  // A filtered page may hold nothing and still have a next one.
  const isSearching = hasNextPage && data?.pages.at(-1)?.data.length === 0;
  useEffect(() => {
    if (isSearching && !isFetching && !isError) void fetchNextPage();
  }, [isSearching, isFetching, isError, fetchNextPage]);
  return {
    calls,
    filters,
    isFiltered: filterNames.some((name) => filters[name] !== undefined),
    /** No page has come yet, or none with a call. */
    isLoading: data === undefined || (calls.length === 0 && isSearching),
    isFetching,
    hasMore: hasNextPage,
    error: query.error,
    retry: () => void (data === undefined ? query.refetch() : fetchNextPage()),
    refresh: () => void query.refetch(),
    showMore: () => void fetchNextPage(),
    /** Undefined removes a filter. */
    choose(next: Partial<Record<FilterName, string | undefined>>): void {
      setSearch(
        (earlier) => {
          const chosen = new URLSearchParams(earlier);
          for (const [name, value] of Object.entries(next)) {
            if (value === undefined) chosen.delete(name);
            else chosen.set(name, value);
          }
          return chosen;
        },
        { preventScrollReset: true },
      );
    },
  };
}
