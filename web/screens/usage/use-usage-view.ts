import { useSearchParams } from 'react-router';
import { chosenRange, utcDay } from './day-range.ts';
import { keyLabels } from './key-labels.ts';
import { metricOf } from './metrics.ts';
import { useUsage } from './use-usage.ts';

export type UsageView = ReturnType<typeof useUsageView>;

/** The filters in the address, and the rows that match them. */
export function useUsageView() {
  const [search, setSearch] = useSearchParams();
  const today = utcDay(Date.now());
  const range = chosenRange(search, today);
  const keyId = search.get('key') ?? undefined;
  const usage = useUsage(range);
  const rows = usage.isWhole ? usage.rows.filter((row) => keyId === undefined || row.keyId === keyId) : [];
  return {
    today,
    range,
    keyId,
    metric: metricOf(search.get('show')),
    usage,
    /** Of the chosen key, or of all keys. */
    rows,
    labels: keyLabels(usage.rows),
    /** Sets parameters of the address; undefined removes one. `aside`: not a step for the back button. */
    choose(next: Record<string, string | undefined>, { aside = false } = {}): void {
      setSearch(
        (earlier) => {
          const search = new URLSearchParams(earlier);
          for (const [name, value] of Object.entries(next))
            if (value === undefined) search.delete(name);
            else search.set(name, value);
          return search;
        },
        { preventScrollReset: true, replace: aside },
      );
    },
  };
}
