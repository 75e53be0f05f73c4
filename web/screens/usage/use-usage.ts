import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { usageRoutes } from '../../../core/contract/usage.ts';
import { useApi } from '../../shell/console-context.ts';
import { lastDays } from '../../shell/last-days.ts';
import type { ChosenRange } from './day-range.ts';
import type { UsageRow } from './usage-row.ts';

/** The API's maximum. */
const rowsPerPage = 1000;

/** All rows of the range, newest first, page by page. Nothing is loaded for a faulty range. */
export function useUsage({ period, from, to, fault }: ChosenRange) {
  const api = useApi();
  const query = useInfiniteQuery({
    ...lastDays(period === 'custom' ? ['usage', 'rows', from, to] : ['usage', 'rows', period], from, to),
    enabled: fault === undefined,
    queryFn: ({ pageParam, signal }) =>
      api.call(usageRoutes.getUsage, {
        query: { from, to, limit: rowsPerPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const rows: readonly UsageRow[] = (query.data?.pages ?? []).flatMap(({ data }) =>
    data.filter(({ date }) => date >= from),
  );
  return {
    rows,
    /** Totals of some rows would be wrong, so wait for this before showing any. */
    isWhole: query.data !== undefined && !hasNextPage,
    /** Of the last attempt; the rows may be complete all the same. */
    error: query.error,
    isFetching,
    retry: () => void (hasNextPage ? fetchNextPage() : query.refetch()),
  };
}
