import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { AwsError, type AwsRequest, type AwsService } from '../service.ts';
import type { Topics } from '../sns/topics.ts';
import { type AlarmDefinition, type AlarmState, stateOf } from './alarm.ts';
import { embeddedMetrics } from './embedded-metrics.ts';
import { createMetricStore, type Datum, type MetricStore } from './metric-store.ts';

export interface CloudWatch extends AwsService {
  /** Of the template. */
  defineAlarm(alarm: AlarmDefinition): { arn: string };
  /** @param body as the template has it: JSON */
  defineDashboard(name: string, body: string): void;
  /** What services measure by themselves. */
  put(datum: Datum): void;
  /** A line that a function has logged. */
  takeLine(text: string): void;
  readonly metrics: Pick<MetricStore, 'read' | 'withDimensions'>;
  alarms(): readonly ShownAlarm[];
  dashboards(): readonly { name: string; body: string }[];
  /** Forgets alarms and dashboards, before the template is deployed again; what was measured stays. */
  clear(): void;
}

export interface ShownAlarm extends AlarmDefinition {
  arn: string;
  state: AlarmState;
  reason: string;
  /** Since when it is in this state. */
  since: number;
}

interface Dependencies {
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
  topics: Pick<Topics, 'publish'>;
  region: string;
  accountId: string;
}

const describeAlarms = z.strictObject({
  AlarmNames: z.array(z.string().min(1).max(255)).min(1).max(100),
  MaxRecords: z.int().min(1).max(100).default(50),
});

const unchecked = 'Unchecked: Initial alarm creation';

/**
 * The template's alarms, log metrics and dashboard over what was measured on this machine. Answers are in AWS JSON 1.0, one of
 * the protocols that CloudWatch has.
 */
export function createCloudWatch({ clock, log, topics, region, accountId }: Dependencies): CloudWatch {
  const metrics = createMetricStore(clock);
  const alarms = new Map<string, ShownAlarm & { madeAt: number }>();
  const dashboards = new Map<string, string>();

  const refresh = (alarm: ShownAlarm & { madeAt: number }) => {
    if (alarm.unplayed !== undefined) return;
    const now = clock.now();
    const { state, value } = stateOf(alarm, metrics, { now, since: alarm.madeAt });
    if (state === alarm.state) return;
    const compared = `${value ?? 'no data'} ${state === 'ALARM' ? '≥' : '<'} ${alarm.threshold}`;
    const reason = value === undefined ? 'Nothing was measured.' : `Threshold: ${compared}`;
    Object.assign(alarm, { state, reason, since: now });
    if (state === 'ALARM') tell(alarm);
  };
  const tell = ({ name, description, reason, actions }: ShownAlarm) => {
    const text = `${description ?? name}\n\n${reason}`;
    for (const arn of actions)
      topics.publish('cloudwatch.amazonaws.com', arn, { subject: `ALARM: "${name}" in ${region}`, text });
  };
  const put = (datum: Datum) => {
    metrics.put(datum);
    for (const alarm of alarms.values()) {
      const watches = alarm.metrics.some(
        ({ namespace, name }) => namespace === datum.namespace && name === datum.name,
      );
      if (watches) refresh(alarm);
    }
  };
  const shown = () => {
    for (const alarm of alarms.values()) refresh(alarm);
    return [...alarms.values()];
  };

  return {
    signingName: 'monitoring',
    operationName,
    metrics,
    put,
    alarms: shown,
    dashboards: () => [...dashboards].map(([name, body]) => ({ name, body })),
    defineAlarm(alarm) {
      const arn = `arn:aws:cloudwatch:${region}:${accountId}:alarm:${alarm.name}`;
      const now = clock.now();
      const state = 'INSUFFICIENT_DATA';
      const reason = alarm.unplayed ?? unchecked;
      alarms.set(alarm.name, { ...alarm, arn, state, reason, since: now, madeAt: now });
      return { arn };
    },
    defineDashboard: (name, body) => void dashboards.set(name, body),
    takeLine(text) {
      if (!text.includes('"_aws":')) return;
      try {
        for (const datum of embeddedMetrics(text)) put(datum);
      } catch (error) {
        // At CloudWatch they are lost without a word.
        log.warn('cloudwatch', `a line makes no metrics: ${String(error)}`);
      }
    },
    clear() {
      alarms.clear();
      dashboards.clear();
    },
    async handle(request) {
      const operation = operationName(request);
      if (operation !== 'DescribeAlarms') {
        throw new AwsError(
          'UnknownOperationException',
          `The local CloudWatch has no operation '${operation}'; it has DescribeAlarms.`,
        );
      }
      const { AlarmNames, MaxRecords } = read(request.body);
      // Names that there are not are left out, as by CloudWatch.
      const found = shown().filter(({ name }) => AlarmNames.includes(name));
      const MetricAlarms = found
        .slice(0, MaxRecords)
        .map(({ name, description, arn, state, reason, since }) => ({
          AlarmName: name,
          AlarmArn: arn,
          AlarmDescription: description,
          StateValue: state,
          StateReason: reason,
          StateUpdatedTimestamp: since / 1000,
          StateTransitionedTimestamp: since / 1000,
        }));
      return {
        status: 200,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify({ MetricAlarms, CompositeAlarms: [] }),
      };
    },
  };
}

function operationName({ headers }: AwsRequest): string | undefined {
  return /^GraniteServiceVersion20100801\.(\w+)$/.exec(String(headers['x-amz-target']))?.[1];
}

function read(body: Buffer): z.infer<typeof describeAlarms> {
  try {
    return describeAlarms.parse(JSON.parse(body.toString('utf8')));
  } catch (error) {
    const fields = error instanceof z.ZodError ? error.issues.map(({ path }) => path.join('.')) : [];
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid fields, or fields that are not supported here: ${fields.join(', ')}.`,
    );
  }
}
