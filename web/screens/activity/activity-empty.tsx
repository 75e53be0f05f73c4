import { History } from 'lucide-react';
import { t } from '../../language/t.ts';
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
        title={t('No calls match')}
        action={<Button onClick={() => choose(none)}>{t('Show all calls')}</Button>}
      >
        {t('None of the calls that are still listed is like that. A call shows up here when it has ended.')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={History}
      title={t('No calls yet')}
      action={
        <LinkButton to="/playground" variant="primary">
          {t('Try the playground')}
        </LinkButton>
      }
    >
      {t(
        'Every call with one of your keys shows up here when it has ended, with its time, model, tokens and cost.',
      )}
    </EmptyState>
  );
}

export function ActivityOff() {
  return (
    <EmptyState
      icon={History}
      title={t('No list of calls')}
      action={
        <LinkButton to="/usage" variant="primary">
          {t('See your usage')}
        </LinkButton>
      }
    >
      {t('This service doesn’t keep a list of calls. Totals by day and key are under Usage.')}
    </EmptyState>
  );
}
