import { t } from '../../language/t.ts';
import { dayWords } from '../../language/time-words.ts';
import { Skeleton } from '../../parts/skeleton.tsx';
import type { DayRange } from './day-range.ts';
import type { useUsage } from './use-usage.ts';

interface UsageLoadingProps {
  usage: Pick<ReturnType<typeof useUsage>, 'rows'>;
  range: DayRange;
}

/** Rows arrive newest first, so the oldest one shows the progress. */
export function UsageLoading({ usage: { rows }, range }: UsageLoadingProps) {
  const oldest = rows.at(-1)?.date;
  return (
    <div role="status" aria-label={t('Loading your usage')} className="flex flex-col gap-5">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {['requests', 'refused', 'tokens', 'cost'].map((figure) => (
          <Skeleton key={figure} className="h-24 w-full" />
        ))}
      </div>
      <Skeleton className="h-80 w-full" />
      {oldest !== undefined && (
        <p className="text-ink-soft text-sm">
          {t('{count, number} rows so far, back to {oldest}. The period starts on {from}.', {
            count: rows.length,
            oldest: dayWords(oldest),
            from: dayWords(range.from),
          })}
        </p>
      )}
    </div>
  );
}
