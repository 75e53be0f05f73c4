import { KeyRound, Plus } from 'lucide-react';
import { useRef, useSyncExternalStore } from 'react';
import { DayWarnings } from '../../../keys/day-warnings.tsx';
import { firstCallSeen } from '../../../keys/first-call-seen.ts';
import { t } from '../../../language/t.ts';
import { Button } from '../../../parts/buttons/button.tsx';
import { LinkButton } from '../../../parts/buttons/link-button.tsx';
import { Card } from '../../../parts/card.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { ErrorState } from '../../../parts/error-state.tsx';
import { PageHeader } from '../../../parts/page-header.tsx';
import { LoadingRows } from '../../../parts/skeleton.tsx';
import { useMediaQuery } from '../../../parts/use-media-query.ts';
import { useConsole } from '../../../shell/console-context.ts';
import { ActivationNews } from '../activation-news.tsx';
import { KeyActions } from '../change/key-actions.tsx';
import { firstSteps } from './first-steps.ts';
import { FirstStepsCard } from './first-steps-card.tsx';
import { KeyFilters } from './key-filters.tsx';
import { KeysCards } from './keys-cards.tsx';
import { KeysTable } from './keys-table.tsx';
import { type KeysView, useKeysView } from './use-keys-view.ts';

/** Where the table fits beside the navigation without scrolling sideways. */
const wide = '(min-width: 72rem)';

export function KeysScreen() {
  const view = useKeysView();
  const { keys, list } = view;
  const seen = firstCallSeen(useConsole());
  const hasSeen = useSyncExternalStore(seen.subscribe, seen.get);
  const steps = list.data && firstSteps(keys, { hasSeen, now: Date.now() });
  return (
    <KeyActions>
      <PageHeader
        title={t('API keys')}
        description={t('Each key has a plan, which sets how many requests a day it can make.')}
        {...(keys.length > 0 && {
          actions: (
            <LinkButton
              to="/keys/new"
              // The next of the first steps comes first.
              variant={steps === undefined ? 'primary' : 'secondary'}
              icon={<Plus aria-hidden />}
            >
              {t('Create key')}
            </LinkButton>
          ),
        })}
      />
      <DayWarnings keys={keys} isLinked />
      {steps !== undefined && (
        <div className="mb-5">
          <FirstStepsCard of={steps} />
        </div>
      )}
      <KeyFilters view={view} />
      {(steps === undefined || keys.length > 0) && (
        <Card padded={false}>
          <Content view={view} />
        </Card>
      )}
      <ActivationNews keys={keys} />
    </KeyActions>
  );
}

function Content({ view }: { view: KeysView }) {
  const { list, shown, isSearching, choose } = view;
  const isWide = useMediaQuery(wide);
  if (list.isPending) return <LoadingRows label={t('Loading your keys')} />;
  // A failed refresh keeps the keys that are on the screen; the next action will report the failure.
  if (list.data === undefined) {
    return (
      <ErrorState
        title={t('Your keys could not be loaded')}
        error={list.error}
        onRetry={() => void list.refetch()}
        busy={list.isFetching}
      />
    );
  }
  if (shown.length === 0 && isSearching) return <LoadingRows label={t('Loading your keys')} />;
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState
          icon={KeyRound}
          title={t('No keys match')}
          action={
            <Button
              onClick={() =>
                choose({ search: undefined, plan: undefined, status: undefined, ended: 'shown' })
              }
            >
              {t('Show all keys')}
            </Button>
          }
        >
          {t('None of your keys is like that.')}
        </EmptyState>
      ) : isWide ? (
        <KeysTable keys={shown} />
      ) : (
        <KeysCards keys={shown} />
      )}
      <Count view={view} />
    </>
  );
}

/** How many of the keys are shown, where that isn't plain to see. */
function Count({ view: { list, keys, shown, isSearching } }: { view: KeysView }) {
  const count = useRef<HTMLParagraphElement>(null);
  const more = async () => {
    const { hasNextPage } = await list.fetchNextPage();
    // The button disappears with the last page and must not take the focus with it.
    if (!hasNextPage) count.current?.focus();
  };
  if (list.data?.pages.length === 1 && !list.hasNextPage && shown.length === keys.length) return null;
  return (
    <div className="flex min-h-14 flex-wrap items-center justify-between gap-3 border-line border-t px-4 py-3 sm:px-5">
      <p ref={count} tabIndex={-1} role="status" className="text-ink-soft text-sm">
        {list.isFetchNextPageError
          ? t('More keys could not be loaded.')
          : shown.length < keys.length
            ? list.hasNextPage
              ? t('Showing {shown, number} of the newest {count, number} keys.', {
                  shown: shown.length,
                  count: keys.length,
                })
              : t('Showing {shown, number} of {count, number} keys.', {
                  shown: shown.length,
                  count: keys.length,
                })
            : list.hasNextPage
              ? t('Showing the newest {count, number} keys.', { count: keys.length })
              : t('Showing all {count, number} keys.', { count: keys.length })}
      </p>
      {list.hasNextPage && !isSearching && (
        <Button size="small" busy={list.isFetchingNextPage} onClick={() => void more()}>
          {list.isFetchNextPageError ? t('Try again') : t('Show more')}
        </Button>
      )}
    </div>
  );
}
