import { useRef } from 'react';
import { describeError } from '../describe-error.ts';
import { Button } from './buttons/button.tsx';
import { countWords } from './figure-words.ts';

interface MoreRowsProps {
  /** "users", of which this many are shown. */
  what: string;
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
          ? `${hasMore ? 'The first ' : ''}${countWords(shown)} ${shown === 1 ? what.slice(0, -1) : what}`
          : `More ${what} could not be loaded. ${describeError(error).message}`}
      </p>
      {hasMore && (
        <Button size="small" busy={isFetching} onClick={() => void more()}>
          {error === null ? 'Show more' : 'Try again'}
        </Button>
      )}
    </div>
  );
}
