import { useSearchParams } from 'react-router';
import { chosenRange, utcDay } from './day-range.ts';
import { keyLabels } from './key-labels.ts';
import { metricOf } from './metrics.ts';
import { useUsage } from './use-usage.ts';

export type UsageView = ReturnType<typeof useUsageView>;

/** What the address asks for, and the rows that there are for it. */
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
    /** Of the key, or of all. */
    rows,
    labels: keyLabels(usage.rows),
    /** Puts it into the address; undefined takes it out. `aside`: the back button passes over it. */
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
