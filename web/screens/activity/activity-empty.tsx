import { History } from 'lucide-react';
import { Button } from '../../parts/buttons/button.tsx';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import type { Activity } from './use-activity.ts';

export function ActivityEmpty({ activity: { isFiltered, choose } }: { activity: Activity }) {
  if (isFiltered) {
    const none = { key: undefined, status: undefined, model: undefined, day: undefined };
    return (
      <EmptyState
        icon={History}
        title="No calls match"
        action={<Button onClick={() => choose(none)}>Show all calls</Button>}
      >
        None of the calls that are still listed is like that. A call shows up here when it has ended.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={History}
      title="No calls yet"
      action={
        <LinkButton to="/playground" variant="primary">
          Try the playground
        </LinkButton>
      }
    >
      Every call with one of your keys shows up here when it has ended, with its time, model, tokens and cost.
    </EmptyState>
  );
}

export function ActivityOff() {
  return (
    <EmptyState
      icon={History}
      title="No list of calls"
      action={
        <LinkButton to="/usage" variant="primary">
          See your usage
        </LinkButton>
      }
    >
      This service doesn’t keep a list of calls. Totals by day and key are under Usage.
    </EmptyState>
  );
}
