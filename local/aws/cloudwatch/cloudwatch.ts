import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { AwsError, type AwsRequest, type AwsService } from '../service.ts';

interface AlarmDefinition {
  name: string;
  description: string | undefined;
}

export interface CloudWatch extends AwsService {
  /** Of the template. */
  defineAlarm(alarm: AlarmDefinition): { arn: string };
  /** Forgets all alarms, before the template is deployed again. */
  clear(): void;
}

interface Dependencies {
  clock: Pick<Clock, 'now'>;
  region: string;
  accountId: string;
}

const describeAlarms = z.strictObject({
  AlarmNames: z.array(z.string().min(1).max(255)).min(1).max(100),
  MaxRecords: z.int().min(1).max(100).default(50),
});

/**
 * The template's alarms. Nothing here collects metrics, so they stay in the state in which CloudWatch makes them. Answers are in
 * AWS JSON 1.0, one of the protocols that CloudWatch has.
 */
export function createCloudWatch({ clock, region, accountId }: Dependencies): CloudWatch {
  const alarms = new Map<string, AlarmDefinition & { arn: string; since: number }>();
  return {
    signingName: 'monitoring',
    operationName,
    defineAlarm(alarm) {
      const arn = `arn:aws:cloudwatch:${region}:${accountId}:alarm:${alarm.name}`;
      alarms.set(alarm.name, { ...alarm, arn, since: clock.now() });
      return { arn };
    },
    clear: () => alarms.clear(),
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
      const found = [...alarms.values()].filter(({ name }) => AlarmNames.includes(name));
      const MetricAlarms = found.slice(0, MaxRecords).map(({ name, description, arn, since }) => ({
        AlarmName: name,
        AlarmArn: arn,
        AlarmDescription: description,
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
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
