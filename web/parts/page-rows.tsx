import type { ReactNode } from 'react';
import { ErrorState } from './error-state.tsx';
import { MoreRows } from './more-rows.tsx';
import { LoadingRows } from './skeleton.tsx';

interface PageRowsProps<Row> {
  /** "users". */
  what: string;
  pages: {
    rows: readonly Row[];
    isLoading: boolean;
    hasMore: boolean;
    isFetching: boolean;
    error: unknown;
    retry: () => void;
    showMore: () => Promise<{ hasNextPage: boolean }>;
  };
  empty: ReactNode;
  children: (rows: readonly Row[]) => ReactNode;
}

/** Every state of a list that comes page by page. */
export function PageRows<Row>({ what, pages, empty, children }: PageRowsProps<Row>) {
  const { rows, isLoading, error, retry, isFetching } = pages;
  if (isLoading) return <LoadingRows label={`Loading ${what}`} rows={6} />;
  if (rows.length === 0 && error !== null) {
    return (
      <ErrorState title={`The ${what} could not be loaded`} error={error} onRetry={retry} busy={isFetching} />
    );
  }
  if (rows.length === 0) return empty;
  return (
    <>
      {children(rows)}
      <MoreRows what={what} shown={rows.length} pages={pages} />
    </>
  );
}
