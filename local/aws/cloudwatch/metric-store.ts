import type { Clock } from '../../clock.ts';

export interface Datum {
  namespace: string;
  name: string;
  dimensions?: Readonly<Record<string, string>> | undefined;
  value: number;
  /** @default now */
  at?: number;
}

export type MetricName = Pick<Datum, 'namespace' | 'name' | 'dimensions'>;

/** As CloudWatch names them: `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, `p50`, `p99`. */
export type Statistic = string;

/** What was measured in the last hours, minute by minute. */
export interface MetricStore {
  put(datum: Datum): void;
  /** Over the minutes that begin in this span; undefined: nothing was measured. */
  read(metric: MetricName, statistic: Statistic, from: number, to: number): number | undefined;
  /** Metrics of this name with at least these dimensions. */
  withDimensions(metric: Pick<MetricName, 'namespace' | 'name'>, names: readonly string[]): MetricName[];
}

const minuteMs = 60_000;
const keptMinutes = 6 * 60;
/** A percentile of more is of the first so many. */
const mostValues = 2000;

interface Series {
  metric: MetricName;
  minutes: Map<number, { values: number[]; sum: number; count: number; least: number; most: number }>;
}

export function createMetricStore({ now }: Pick<Clock, 'now'>): MetricStore {
  const all = new Map<string, Series>();
  const forget = (series: Series) => {
    const oldest = Math.floor(now() / minuteMs) - keptMinutes;
    for (const minute of series.minutes.keys()) if (minute < oldest) series.minutes.delete(minute);
  };
  return {
    put({ namespace, name, dimensions, value, at = now() }) {
      const key = keyOf({ namespace, name, dimensions });
      const series = all.get(key) ?? { metric: { namespace, name, dimensions }, minutes: new Map() };
      all.set(key, series);
      const minute = Math.floor(at / minuteMs);
      const found = series.minutes.get(minute);
      if (found === undefined) {
        series.minutes.set(minute, { values: [value], sum: value, count: 1, least: value, most: value });
        forget(series);
        return;
      }
      if (found.values.length < mostValues) found.values.push(value);
      found.sum += value;
      found.count += 1;
      found.least = Math.min(found.least, value);
      found.most = Math.max(found.most, value);
    },
    read(metric, statistic, from, to) {
      const minutes = [...(all.get(keyOf(metric))?.minutes ?? [])]
        .filter(([minute]) => minute * minuteMs > from - minuteMs && minute * minuteMs <= to)
        .map(([, measured]) => measured);
      if (minutes.length === 0) return undefined;
      const sum = minutes.reduce((total, one) => total + one.sum, 0);
      const count = minutes.reduce((total, one) => total + one.count, 0);
      if (statistic === 'Sum') return sum;
      if (statistic === 'SampleCount') return count;
      if (statistic === 'Average') return sum / count;
      if (statistic === 'Minimum') return Math.min(...minutes.map(({ least }) => least));
      if (statistic === 'Maximum') return Math.max(...minutes.map(({ most }) => most));
      const percent = Number(/^p(\d{1,2}(?:\.\d+)?)$/.exec(statistic)?.[1] ?? Number.NaN);
      if (Number.isNaN(percent)) throw new Error(`The statistic ${statistic} is not supported here.`);
      const values = minutes.flatMap((one) => one.values).sort((one, other) => one - other);
      return values[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)];
    },
    withDimensions({ namespace, name }, names) {
      return [...all.values()]
        .map(({ metric }) => metric)
        .filter(
          (metric) =>
            metric.namespace === namespace &&
            metric.name === name &&
            Object.keys(metric.dimensions ?? {})
              .toSorted()
              .join() === names.toSorted().join(),
        );
    },
  };
}

const keyOf = ({ namespace, name, dimensions = {} }: MetricName) =>
  JSON.stringify([namespace, name, Object.entries(dimensions).toSorted()]);
