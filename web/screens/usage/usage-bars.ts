import { byModel, dayOfCall, hourOfCall, noModel } from '../../calls/call-statistics.ts';
import type { LoggedRequest } from '../../calls/logged-request.ts';
import { type ChartBar, type ChartSeries, stackBars } from '../../chart/bars.ts';
import { t } from '../../language/t.ts';
import { dayWords, shortDayWords } from '../../language/time-words.ts';
import { type DayRange, daysOf } from './day-range.ts';
import type { Metric } from './metrics.ts';
import type { UsageRow } from './usage-row.ts';

interface Stack {
  series: ChartSeries[];
  bars: ChartBar[];
}

const dayBars = (range: DayRange) =>
  daysOf(range).map((day) => ({ id: day, label: dayWords(day), short: shortDayWords(day) }));

/** A bar for every day, stacked by key. */
export function barsByKey(
  rows: readonly UsageRow[],
  range: DayRange,
  metric: Metric,
  labels: ReadonlyMap<string, string>,
): Stack {
  const figures = rows.map((row) => ({ bar: row.date, series: row.keyId, value: metric.of(row) }));
  return stackBars({
    bars: dayBars(range),
    figures,
    labels,
    restLabel: (count) => t('{count, plural, one {# other key} other {# other keys}}', { count }),
  });
}

/** A bar for every day, stacked by model, from single calls. */
export function barsByModel(calls: readonly LoggedRequest[], range: DayRange, metric: Metric): Stack {
  return stackModels(calls, dayBars(range), dayOfCall, metric);
}

/** A bar for every hour of a day (UTC), stacked by model. */
export function barsByHour(calls: readonly LoggedRequest[], day: string, metric: Metric): Stack {
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  const bars = hours.map((hour) => ({
    id: hour,
    label: t('{hour}:00 to {hour}:59 UTC', { hour }),
    short: hour,
  }));
  const ofDay = calls.filter((call) => dayOfCall(call) === day);
  return stackModels(ofDay, bars, hourOfCall, metric);
}

function stackModels(
  calls: readonly LoggedRequest[],
  bars: readonly Omit<ChartBar, 'values'>[],
  barOf: (call: LoggedRequest) => string,
  metric: Metric,
): Stack {
  const figures = calls.map((call) => ({
    bar: barOf(call),
    series: call.model ?? noModel,
    value: metric.ofCall(call),
  }));
  const names = byModel(calls).map(([model]) => model);
  const labels = new Map(names.sort().map((model) => [model, model === noModel ? t('No model') : model]));
  return stackBars({
    bars,
    figures,
    labels,
    restLabel: (count) => t('{count, plural, one {# other model} other {# other models}}', { count }),
  });
}
