import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { chosenRange, fitted, utcDay } from './day-range.ts';
import { keyLabels } from './key-labels.ts';
import { metricOf } from './metrics.ts';
import { useUsage } from './use-usage.ts';

export type UsageView = ReturnType<typeof useUsageView>;

/** The filters in the address, and the rows that match them. */
export function useUsageView() {
  const [search, setSearch] = useSearchParams();
  const today = utcDay(Date.now());
  const asked = chosenRange(search, today);
  const keyId = search.get('key') ?? undefined;
  const usage = useUsage(asked);
  const range = usage.isWhole ? fitted(asked, search, usage.rows.at(-1)?.date) : asked;
  // A group of radios whose choice changes keeps its stop for Tab, so it must be made anew once the period is known.
  const [isFitted, setFitted] = useState(false);
  if (usage.isWhole && !isFitted) setFitted(true);
  const rows = usage.isWhole ? usage.rows.filter((row) => keyId === undefined || row.keyId === keyId) : [];
  return {
    today,
    range,
    keyId,
    metric: metricOf(search.get('show')),
    by: search.get('by') === 'model' ? ('model' as const) : ('key' as const),
    isFitted,
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
