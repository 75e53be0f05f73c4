import * as z from 'zod';
import type { AlarmMetric } from '../../aws/cloudwatch/alarm.ts';
import type { CloudWatch } from '../../aws/cloudwatch/cloudwatch.ts';
import type { ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties, refused } from './read-properties.ts';

const dimensions = z
  .array(z.strictObject({ Name: z.string(), Value: z.string() }))
  .default([])
  .transform((all) => Object.fromEntries(all.map(({ Name, Value }) => [Name, Value])));
const statistic = z.enum(['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount']);
const period = z.coerce.number().int().multipleOf(60);

const metricStat = z.strictObject({
  Id: z.string(),
  ReturnData: z.literal(false),
  MetricStat: z.strictObject({
    Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions }),
    Period: period,
    Stat: statistic,
    Unit: refused('units are not told apart here'),
  }),
});
const sum = z.strictObject({
  Id: z.string(),
  Expression: z
    .string()
    .regex(/^m\d+(\+m\d+)*$/, 'must add metrics, such as m0+m1: other metric math is not supported'),
  Label: z.string().optional(),
  ReturnData: z.literal(true).optional(),
});

/** Of what is usual, which CloudWatch learns in two weeks. */
const band = z.strictObject({
  Id: z.string(),
  Expression: z.string().regex(/^ANOMALY_DETECTION_BAND\(m\d+, ?\d+\)$/),
  Label: z.string().optional(),
  ReturnData: z.literal(true).optional(),
});
const anomalyAlarm = z.looseObject({
  AlarmName: z.string().min(1).max(255),
  AlarmDescription: z.string().max(1024).optional(),
  AlarmActions: z.array(z.string()).default([]),
  ComparisonOperator: z.literal('GreaterThanUpperThreshold'),
  ThresholdMetricId: z.string(),
  Metrics: z
    .array(z.union([band, z.looseObject({ Id: z.string(), MetricStat: z.looseObject({}) })]))
    .length(2),
});

const alarm = z.looseObject({
  AlarmName: z.string().min(1).max(255).optional(),
  AlarmDescription: z.string().max(1024).optional(),
  AlarmActions: z.array(z.string()).default([]),
  ComparisonOperator: z.literal('GreaterThanOrEqualToThreshold'),
  EvaluationPeriods: z.coerce.number().pipe(z.literal(1)),
  TreatMissingData: z.enum(['notBreaching', 'breaching']),
  Threshold: z.coerce.number(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensions,
  Statistic: statistic.optional(),
  ExtendedStatistic: refused('percentiles are not supported in alarms'),
  Period: period.optional(),
  Metrics: z.array(z.union([sum, metricStat])).optional(),
});

const dashboard = z.strictObject({ DashboardName: z.string().optional(), DashboardBody: z.string() });

/** Alarms and dashboards. */
export function cloudWatchProviders(
  cloudWatch: Pick<CloudWatch, 'defineAlarm' | 'defineDashboard'>,
): ResourceProvider[] {
  return [
    {
      type: 'AWS::CloudWatch::Alarm',
      create(logicalId, properties, { stackName }) {
        if ('ThresholdMetricId' in properties)
          return learning(cloudWatch, readProperties(anomalyAlarm, properties));
        const read = readProperties(alarm, properties);
        const name = read.AlarmName ?? physicalName({ stackName, logicalId });
        const { arn: Arn } = cloudWatch.defineAlarm({
          name,
          description: read.AlarmDescription,
          threshold: read.Threshold,
          missing: read.TreatMissingData === 'breaching' ? 'ALARM' : 'OK',
          actions: read.AlarmActions,
          ...watched(read),
        });
        return { ref: name, attributes: { Arn } };
      },
    },
    {
      type: 'AWS::CloudWatch::Dashboard',
      create(logicalId, properties, { stackName }) {
        const { DashboardName: name = physicalName({ stackName, logicalId }), DashboardBody } =
          readProperties(dashboard, properties);
        cloudWatch.defineDashboard(name, DashboardBody);
        return { ref: name, attributes: {} };
      },
    },
  ];
}

function learning(
  cloudWatch: Pick<CloudWatch, 'defineAlarm'>,
  { AlarmName: name, AlarmDescription: description, AlarmActions: actions }: z.infer<typeof anomalyAlarm>,
) {
  const unplayed = 'What is usual is not learned here.';
  const { arn: Arn } = cloudWatch.defineAlarm({
    name,
    description,
    actions,
    unplayed,
    metrics: [],
    periodSeconds: 0,
    threshold: Infinity,
    missing: 'OK',
  });
  return { ref: name, attributes: { Arn } };
}

function watched({ Namespace, MetricName, Dimensions, Statistic, Period, Metrics }: z.infer<typeof alarm>): {
  metrics: AlarmMetric[];
  periodSeconds: number;
} {
  if (Metrics === undefined) {
    if (
      Namespace === undefined ||
      MetricName === undefined ||
      Statistic === undefined ||
      Period === undefined
    )
      throw new Error('an alarm needs Namespace, MetricName, Statistic and Period, or Metrics.');
    const metric = { namespace: Namespace, name: MetricName, dimensions: Dimensions, statistic: Statistic };
    return { metrics: [metric], periodSeconds: Period };
  }
  const stats = Metrics.flatMap((one) => ('MetricStat' in one ? [one.MetricStat] : []));
  const periods = new Set(stats.map((stat) => stat.Period));
  const [periodSeconds] = periods;
  if (periodSeconds === undefined || periods.size > 1)
    throw new Error('metrics of an alarm need one period.');
  return {
    metrics: stats.map(({ Metric, Stat }) => ({
      namespace: Metric.Namespace,
      name: Metric.MetricName,
      dimensions: Metric.Dimensions,
      statistic: Stat,
    })),
    periodSeconds,
  };
}
