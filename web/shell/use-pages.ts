import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { lastDays } from './last-days.ts';

interface Page<Row> {
  data: Row[];
  nextCursor: string | null;
}

interface PagesOf<Row> {
  queryKey: readonly unknown[];
  /** What stands for the rows until they have come. */
  placeholderData?: ReturnType<typeof lastDays>['placeholderData'];
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row>>;
  /** What the API can't filter by; must be the same for the same `queryKey`. */
  matches?: (row: Row) => boolean;
}

/** A list that comes page by page, in the API's order. Pages without a match are passed over. */
export function usePages<Row>({ queryKey, placeholderData, load, matches = () => true }: PagesOf<Row>) {
  const query = useInfiniteQuery({
    queryKey,
    ...(placeholderData !== undefined && { placeholderData }),
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: 0,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const pages = data?.pages.map((page) => page.data.filter(matches)) ?? [];
  const rows: readonly Row[] = pages.flat();
  const isSearching = hasNextPage && pages.at(-1)?.length === 0;
  useEffect(() => {
    if (isSearching && !isFetching && !isError) void fetchNextPage();
  }, [isSearching, isFetching, isError, fetchNextPage]);
  return {
    rows,
    /** No page has come yet, or none with a match. */
    isLoading: !isError && (data === undefined || (rows.length === 0 && isSearching)),
    isFetching,
    hasMore: hasNextPage,
    error: query.error,
    retry: () => void (data === undefined ? query.refetch() : fetchNextPage()),
    refresh: () => void query.refetch(),
    showMore: () => fetchNextPage(),
  };
}
