import * as z from 'zod';
import type { CloudWatch } from './cloudwatch.ts';
import type { MetricName, Statistic } from './metric-store.ts';

/** A widget of a dashboard with what was measured on this machine. */
export type ShownWidget =
  | { kind: 'text'; title: string; text: string }
  | { kind: 'alarms'; title: string; names: string[] }
  | { kind: 'metrics'; title: string; series: ShownSeries[] }
  | { kind: 'query'; title: string; query: string };

export interface ShownSeries {
  label: string;
  statistic: Statistic;
  /** Of the whole span; undefined: nothing was measured. */
  value: number | undefined;
  /** In steps of five minutes, oldest first. */
  points: (number | undefined)[];
}

const options = z.looseObject({
  label: z.string().optional(),
  stat: z.string().optional(),
  expression: z.string().optional(),
});
const metric = z.array(z.union([z.string(), options]));
const widget = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), properties: z.looseObject({ markdown: z.string() }) }),
  z.looseObject({
    type: z.literal('alarm'),
    properties: z.looseObject({ title: z.string().optional(), alarms: z.array(z.string()) }),
  }),
  z.looseObject({
    type: z.literal('metric'),
    properties: z.looseObject({
      title: z.string(),
      metrics: z.array(metric),
      stat: z.string().default('Average'),
    }),
  }),
  z.looseObject({
    type: z.literal('log'),
    properties: z.looseObject({ title: z.string(), query: z.string() }),
  }),
]);
const dashboard = z.looseObject({ widgets: z.array(widget) });

const stepMs = 300_000;
const steps = 36;

/** @throws z.ZodError for a body with widgets that CloudWatch has and this reader doesn't */
export function showDashboard(body: string, metrics: CloudWatch['metrics'], now: number): ShownWidget[] {
  return dashboard.parse(JSON.parse(body)).widgets.map((one): ShownWidget => {
    if (one.type === 'text') {
      const [title = '', ...text] = one.properties.markdown.split('\n');
      return { kind: 'text', title: title.replace(/^#+ /, ''), text: text.join('\n').trim() };
    }
    if (one.type === 'alarm') {
      // By ARN.
      const names = one.properties.alarms.map((arn) => arn.slice(arn.lastIndexOf(':') + 1));
      return { kind: 'alarms', title: one.properties.title ?? 'Alarms', names };
    }
    if (one.type === 'log') {
      // Begins with the log groups: `SOURCE 'a' | SOURCE 'b' | `.
      const query = one.properties.query.replaceAll(/SOURCE '[^']*'\s*\|\s*/g, '');
      return { kind: 'query', title: one.properties.title, query };
    }
    const { title, stat } = one.properties;
    const series = one.properties.metrics.flatMap((each) => seriesOf(each, stat, metrics));
    return { kind: 'metrics', title, series: series.map((each) => measured(each, metrics, now)) };
  });
}

interface NamedSeries {
  label: string;
  statistic: Statistic;
  metric: MetricName;
}

/** `[namespace, name, dimension, value, …, options]`, or a search for all that have the dimension. */
function seriesOf(
  parts: z.infer<typeof metric>,
  widgetStat: string,
  metrics: CloudWatch['metrics'],
): NamedSeries[] {
  const names = parts.filter((part) => typeof part === 'string');
  const given = parts.find((part) => typeof part !== 'string');
  if (given?.expression !== undefined) return searched(given.expression, metrics);
  const [namespace = '', name = '', ...pairs] = names;
  const dimensions = Object.fromEntries(
    Array.from({ length: pairs.length / 2 }, (_, at) => [pairs[2 * at], pairs[2 * at + 1]]),
  );
  return [
    {
      label: given?.label ?? name,
      statistic: given?.stat ?? widgetStat,
      metric: { namespace, name, dimensions },
    },
  ];
}

/** `SEARCH('{"Namespace",dimension} MetricName="Name"', 'p95')` */
function searched(expression: string, metrics: CloudWatch['metrics']): NamedSeries[] {
  const [, namespace, dimension, name, statistic] =
    /^SEARCH\('\{"([^"]+)",(\w+)\} MetricName="([^"]+)"', '([^']+)'(?:, \d+)?\)$/.exec(expression) ?? [];
  if (namespace === undefined || dimension === undefined || name === undefined || statistic === undefined)
    throw new Error(`the expression ${expression} is not supported here`);
  return metrics.withDimensions({ namespace, name }, [dimension]).map((metric) => ({
    label: metric.dimensions?.[dimension] ?? '',
    statistic,
    metric,
  }));
}

function measured(
  { label, statistic, metric }: NamedSeries,
  metrics: CloudWatch['metrics'],
  now: number,
): ShownSeries {
  const last = Math.floor(now / stepMs) * stepMs;
  const read = (from: number, to: number) => metrics.read(metric, statistic, from, to);
  return {
    label,
    statistic,
    value: read(last - (steps - 1) * stepMs, now),
    points: Array.from({ length: steps }, (_, at) => {
      const from = last - (steps - 1 - at) * stepMs;
      return read(from, from + stepMs - 1);
    }),
  };
}
