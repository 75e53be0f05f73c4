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
  /** In which state a period without data puts it. */
  missing: Exclude<AlarmState, 'INSUFFICIENT_DATA'>;
  /** Why its state never changes here; undefined: it does. */
  unplayed?: string | undefined;
  /** Of topics, told when it fires. */
  actions: readonly string[];
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What an alarm says of its last period. CloudWatch doesn't wait for a new alarm's first one to end. */
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
  if (value === undefined)
    return { state: now - since < periodMs ? 'INSUFFICIENT_DATA' : alarm.missing, value };
  return { state: value >= alarm.threshold ? 'ALARM' : 'OK', value };
}
