import { type DayRange, daysOf } from '../day-range.ts';
import type { UsageRow } from '../usage-row.ts';

export interface ChartSeries {
  /** Its key in `ChartDay.values`. */
  id: string;
  label: string;
  /** Over the whole range. */
  total: number;
}

/** A day's figures by series id. */
export interface ChartDay {
  date: string;
  values: Record<string, number>;
}

/** More can't be told apart; the rest are shown as one. */
const mostSeries = 6;
const restId = 'rest';

/** A bar for every day, including those without usage, stacked by the keys with the highest totals. */
export function chartSeries(
  rows: readonly UsageRow[],
  range: DayRange,
  figureOf: (row: UsageRow) => number,
  labels: ReadonlyMap<string, string>,
): { series: ChartSeries[]; days: ChartDay[] } {
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(row.keyId, (totals.get(row.keyId) ?? 0) + figureOf(row));
  const byWeight = [...totals].sort(([, one], [, other]) => other - one).map(([id]) => id);
  const own = byWeight.slice(0, byWeight.length > mostSeries ? mostSeries - 1 : mostSeries);
  const rest = byWeight.slice(own.length);
  // In order of name, so that a key keeps its place when another figure is chosen.
  const shown = [...labels.keys()].filter((id) => own.includes(id));
  const sum = (ids: readonly string[]) => ids.reduce((total, id) => total + (totals.get(id) ?? 0), 0);
  const series = shown.map((id) => ({ id, label: labels.get(id) ?? id, total: sum([id]) }));
  if (rest.length > 0) series.push({ id: restId, label: `${rest.length} other keys`, total: sum(rest) });

  const days = new Map(daysOf(range).map((date): [string, ChartDay] => [date, { date, values: {} }]));
  for (const row of rows) {
    const values = days.get(row.date)?.values;
    const id = own.includes(row.keyId) ? row.keyId : restId;
    if (values !== undefined) values[id] = (values[id] ?? 0) + figureOf(row);
  }
  return { series, days: [...days.values()] };
}
