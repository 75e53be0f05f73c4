import * as z from 'zod';
import type { Datum } from './metric-store.ts';

/**
 * CloudWatch's embedded metric format, as its schema has it; a line that breaks it makes no metrics and no error, which is why
 * we warn.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
const units = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'Count/Second', 'None'],
  ...['Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes'],
] as const;
const directive = z.object({
  Namespace: z.string().min(1).max(1024),
  Dimensions: z.array(z.array(z.string().min(1).max(250)).max(30)),
  Metrics: z.array(z.object({ Name: z.string().min(1).max(1024), Unit: z.enum(units).optional() })).max(100),
});
const line = z.looseObject({
  _aws: z.object({ Timestamp: z.int().nonnegative(), CloudWatchMetrics: z.array(directive) }),
});
const value = z.union([z.number(), z.array(z.number()).min(1).max(100)]);
const dimension = z.string().min(1).max(1024);

/** @throws z.ZodError for a line that CloudWatch would take no metrics from */
export function embeddedMetrics(text: string): Datum[] {
  const fields = line.parse(JSON.parse(text));
  const { Timestamp: at, CloudWatchMetrics } = fields._aws;
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    // A directive without dimension sets makes no metrics; one empty set makes those without dimensions.
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name: name }) =>
        [value.parse(fields[name])].flat().map((each) => ({
          namespace,
          name,
          dimensions: Object.fromEntries(names.map((one) => [one, dimension.parse(fields[one])])),
          value: each,
          at,
        })),
      ),
    ),
  );
}
