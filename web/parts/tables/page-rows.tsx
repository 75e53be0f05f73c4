import type { ReactNode } from 'react';
import { t } from '../../language/t.ts';
import { ErrorState } from '../error-state.tsx';
import { LoadingRows } from '../skeleton.tsx';
import { type Listed, MoreRows } from './more-rows.tsx';

interface PageRowsProps<Row> {
  what: Listed;
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
  /** What to do when they could not be loaded, beside trying again. */
  instead?: ReactNode;
  children: (rows: readonly Row[]) => ReactNode;
}

/** Every state of a list that comes page by page. */
export function PageRows<Row>({ what, pages, empty, instead, children }: PageRowsProps<Row>) {
  const { rows, isLoading, error, retry, isFetching } = pages;
  if (isLoading)
    return (
      <LoadingRows
        label={t('Loading {what, select, users {users} keys {keys} events {events} other {calls}}', { what })}
        rows={6}
      />
    );
  if (rows.length === 0 && error !== null) {
    return (
      <ErrorState
        title={t(
          'The {what, select, users {users} keys {keys} events {events} other {calls}} could not be loaded',
          { what },
        )}
        error={error}
        onRetry={retry}
        busy={isFetching}
        action={instead}
      />
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
