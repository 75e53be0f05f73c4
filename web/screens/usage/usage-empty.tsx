import { ChartColumn } from 'lucide-react';
import { Button } from '../../parts/buttons/button.tsx';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { dayWords } from '../../time-words.ts';
import type { UsageView } from './use-usage-view.ts';

/** In place of figures that would all be zero. */
export function UsageEmpty({ view: { range, keyId, choose } }: { view: UsageView }) {
  const days =
    range.from === range.to
      ? `on ${dayWords(range.from)}`
      : `from ${dayWords(range.from)} to ${dayWords(range.to)}`;
  return (
    <div className="rounded-lg border border-line">
      <EmptyState
        icon={ChartColumn}
        title={keyId === undefined ? 'No calls in this period' : 'No calls with this key in this period'}
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
        There were no calls {days} (UTC). Calls show up here a moment after their answer.
      </EmptyState>
    </div>
  );
}
