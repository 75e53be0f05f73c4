import { ChartColumn } from 'lucide-react';
import { t } from '../../language/t.ts';
import { dayWords } from '../../language/time-words.ts';
import { Button } from '../../parts/buttons/button.tsx';
import { LinkButton } from '../../parts/buttons/link-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import type { UsageView } from './use-usage-view.ts';

/** In place of figures that would all be zero. */
export function UsageEmpty({ view: { range, keyId, choose } }: { view: UsageView }) {
  return (
    <div className="rounded-lg border border-line">
      <EmptyState
        icon={ChartColumn}
        title={
          keyId === undefined ? t('No calls in this period') : t('No calls with this key in this period')
        }
        action={
          keyId === undefined ? (
            <LinkButton to="/playground" variant="primary">
              {t('Try the playground')}
            </LinkButton>
          ) : (
            <Button onClick={() => choose({ key: undefined })}>{t('Show all keys')}</Button>
          )
        }
      >
        {range.from === range.to
          ? t('There were no calls on {day} (UTC).', { day: dayWords(range.from) })
          : t('There were no calls from {from} to {to} (UTC).', {
              from: dayWords(range.from),
              to: dayWords(range.to),
            })}{' '}
        {t('Calls show up here a moment after their answer.')}
      </EmptyState>
    </div>
  );
}
