import { type LimitField, limitRows } from '../core/metering/windows.ts';
import { countWords, dollarWords } from './parts/figure-words.ts';

type Limits = Partial<Record<LimitField, number | null>>;

/** The longest window first, and requests before tokens and money. */
const shown = (['requests', 'tokens', 'dollars'] as const).flatMap((unit) =>
  limitRows.filter((row) => row.unit === unit).toReversed(),
);

/** "50 requests a day", "5 requests an hour"; [] for no limit. */
export function limitWords(limits: Limits): string[] {
  return shown.flatMap(({ field, unit, per }) => {
    const limit = limits[field];
    if (limit === undefined || limit === null) return [];
    if (unit === 'dollars') return [`${dollarWords(limit)} ${per}`];
    return [`${countWords(limit)} ${limit === 1 ? unit.slice(0, -1) : unit} ${per}`];
  });
}
