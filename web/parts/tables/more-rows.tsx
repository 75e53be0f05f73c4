import { useRef } from 'react';
import { describeError } from '../../describe-error.ts';
import { t } from '../../language/t.ts';
import { Button } from '../buttons/button.tsx';

/** What comes page by page. */
export type Listed = 'users' | 'keys' | 'events' | 'calls';

interface MoreRowsProps {
  what: Listed;
  /** How many of them. */
  shown: number;
  pages: {
    hasMore: boolean;
    isFetching: boolean;
    error: unknown;
    showMore: () => Promise<{ hasNextPage: boolean }>;
  };
}

/** Below a list that comes page by page: how much of it is shown, and the next page. Nothing for a single page. */
export function MoreRows({ what, shown, pages: { hasMore, isFetching, error, showMore } }: MoreRowsProps) {
  const words = useRef<HTMLParagraphElement>(null);
  const more = async () => {
    const { hasNextPage } = await showMore();
    // The button disappears with the last page and must not take the focus with it.
    if (!hasNextPage) words.current?.focus();
  };
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-2.5 sm:px-5">
      <p ref={words} tabIndex={-1} role="status" className="text-ink-soft text-sm">
        {error === null
          ? countedWords(what, shown, hasMore)
          : t(
              'More {what, select, users {users} keys {keys} events {events} other {calls}} could not be loaded. {message}',
              { what, message: describeError(error).message },
            )}
      </p>
      {hasMore && (
        <Button size="small" busy={isFetching} onClick={() => void more()}>
          {error === null ? t('Show more') : t('Try again')}
        </Button>
      )}
    </div>
  );
}

function countedWords(what: Listed, count: number, hasMore: boolean): string {
  const words = t(
    '{what, select, users {{count, plural, one {# user} other {# users}}} keys {{count, plural, one {# key} other {# keys}}} events {{count, plural, one {# event} other {# events}}} other {{count, plural, one {# call} other {# calls}}}}',
    { what, count },
  );
  return hasMore ? t('The first {words}', { words }) : words;
}
