import { KeyRound, Plus } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { Card } from '../../../parts/card.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { useMediaQuery } from '../../../parts/use-media-query.ts';
import { ActivationNews } from '../activation-news.tsx';
import { KeyActions } from '../change/key-actions.tsx';
import { liveFirst } from '../key.ts';
import { KeysCards } from './keys-cards.tsx';
import { KeysTable } from './keys-table.tsx';
import { useKeyList } from './use-key-list.ts';

/** Where the table fits beside the navigation without scrolling sideways. */
const wide = '(min-width: 72rem)';

export function KeysScreen() {
  const list = useKeyList();
  const keys = liveFirst(list.data?.pages.flatMap(({ data }) => data) ?? []);
  return (
    <KeyActions>
      <PageHeader
        title="API keys"
        description="Each key has a plan, which sets how many requests a day it can make."
        {...(keys.length > 0 && {
          actions: (
            <LinkButton to="/keys/new" variant="primary" icon={<Plus aria-hidden />}>
              Create key
            </LinkButton>
          ),
        })}
      />
      <Card padded={false}>
        <Content list={list} />
      </Card>
      <ActivationNews keys={keys} />
    </KeyActions>
  );
}

function Content({ list }: { list: ReturnType<typeof useKeyList> }) {
  const isWide = useMediaQuery(wide);
  if (list.isPending) return <LoadingRows label="Loading your keys" />;
  // A failed refresh keeps the keys that are on the screen; the next action will report the failure.
  if (list.data === undefined) {
    return (
      <ErrorState
        title="Your keys could not be loaded"
        error={list.error}
        onRetry={() => void list.refetch()}
        busy={list.isFetching}
      />
    );
  }
  const keys = liveFirst(list.data.pages.flatMap(({ data }) => data));
  if (keys.length === 0) {
    return (
      <EmptyState
        icon={KeyRound}
        title="Create your first key"
        action={
          <LinkButton to="/keys/new" variant="primary" icon={<Plus aria-hidden />}>
            Create key
          </LinkButton>
        }
      >
        A key lets your programs call the models. All it takes is a name and a plan, and it works within a
        minute.
      </EmptyState>
    );
  }
  return (
    <>
      {isWide ? <KeysTable keys={keys} /> : <KeysCards keys={keys} />}
      {list.data.pages.length > 1 || list.hasNextPage ? <MoreKeys list={list} shown={keys.length} /> : null}
    </>
  );
}

function MoreKeys({ list, shown }: { list: ReturnType<typeof useKeyList>; shown: number }) {
  const count = useRef<HTMLParagraphElement>(null);
  const more = async () => {
    const { hasNextPage } = await list.fetchNextPage();
    // The button disappears with the last page and must not take the focus with it.
    if (!hasNextPage) count.current?.focus();
  };
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3 sm:px-5">
      <p ref={count} tabIndex={-1} role="status" className="text-ink-soft text-sm">
        {list.isFetchNextPageError && 'More keys could not be loaded.'}
        {!list.isFetchNextPageError &&
          (list.hasNextPage ? `Showing the newest ${shown} keys.` : `Showing all ${shown} keys.`)}
      </p>
      {list.hasNextPage && (
        <Button size="small" busy={list.isFetchingNextPage} onClick={() => void more()}>
          {list.isFetchNextPageError ? 'Try again' : 'Show more'}
        </Button>
      )}
    </div>
  );
}
