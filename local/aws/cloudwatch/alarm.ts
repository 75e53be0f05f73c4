import type { MetricName, MetricStore, Statistic } from './metric-store.ts';

/** A metric of an alarm or a widget. */
export interface AlarmMetric extends MetricName {
  statistic: Statistic;
}

export interface AlarmDefinition {
  name: string;
  description: string | undefined;
  /** One, or several whose values are added: metric math `m0+m1`. */
  metrics: readonly AlarmMetric[];
  periodSeconds: number;
  threshold: number;
  /** Why its state never changes here; undefined: it does. */
  unplayed?: string | undefined;
  /** Of topics, told when it fires. */
  actions: readonly string[];
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What an alarm that treats missing data as not breaching says of its last period. */
export function stateOf(
  alarm: AlarmDefinition,
  store: Pick<MetricStore, 'read'>,
  { now, since }: { now: number; since: number },
): { state: AlarmState; value: number | undefined } {
  const periodMs = alarm.periodSeconds * 1000;
  const values = alarm.metrics
    .map((metric) => store.read(metric, metric.statistic, now - periodMs, now))
    .filter((value) => value !== undefined);
  const value = values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0);
  if (value === undefined) return { state: now - since < periodMs ? 'INSUFFICIENT_DATA' : 'OK', value };
  return { state: value >= alarm.threshold ? 'ALARM' : 'OK', value };
}
