import { ChartColumn } from 'lucide-react';
import { Button } from '../../parts/buttons/button.tsx';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { dayWords } from './day-words.ts';
import type { UsageView } from './use-usage-view.ts';

/** In place of figures that would all be nought. */
export function UsageEmpty({ view: { range, keyId, choose } }: { view: UsageView }) {
  const days =
    range.from === range.to
      ? `on ${dayWords(range.from)}`
      : `from ${dayWords(range.from)} to ${dayWords(range.to)}`;
  return (
    <div className="rounded-lg border border-line">
      <EmptyState
        icon={ChartColumn}
        title={keyId === undefined ? 'No calls in these days' : 'No calls with this key in these days'}
        action={
          keyId === undefined ? (
            <LinkButton to="/playground" variant="primary">
              Try the playground
            </LinkButton>
          ) : (
            <Button onClick={() => choose({ key: undefined })}>Show all keys</Button>
          )
        }
      >
        Nothing was called {days} (UTC). A call shows here a moment after its answer.
      </EmptyState>
    </div>
  );
}
