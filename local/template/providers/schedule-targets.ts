import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { parseScheduleExpression } from '../../aws/events/schedule-expression.ts';
import type { Schedules } from '../../aws/events/schedules.ts';
import type { ProviderContext, ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { functionNameOf } from './function-name.ts';
import { readProperties, refused } from './read-properties.ts';

const state = z.enum(['ENABLED', 'DISABLED']).default('ENABLED');

const ruleSchema = z.looseObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string({ error: 'only rules with a schedule are supported' }),
  EventPattern: refused('event patterns are not supported: there is no event bus'),
  State: state,
  Targets: z
    .array(
      z.looseObject({
        Id: z.string(),
        Arn: z.string(),
        Input: z.string().optional(),
        InputPath: refused('InputPath is not supported; use Input'),
        InputTransformer: refused('InputTransformer is not supported; use Input'),
      }),
    )
    .default([]),
});

const scheduleSchema = z.looseObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z
    .enum(['UTC', 'Etc/UTC'], { error: 'only the UTC time zone is supported' })
    .default('UTC'),
  State: state,
  Target: z.looseObject({ Arn: z.string(), Input: z.string().optional() }),
});

/** EventBridge rules with a schedule. */
export function eventsRule(schedules: Pick<Schedules, 'set'>): ResourceProvider {
  return {
    type: 'AWS::Events::Rule',
    create(logicalId, properties, context) {
      const rule = readProperties(ruleSchema, properties);
      const name = rule.Name ?? physicalName({ stackName: context.stackName, logicalId });
      const arn = `arn:aws:events:${place(context)}:rule/${name}`;
      const next = parseScheduleExpression(rule.ScheduleExpression);
      for (const { Id, Arn, Input } of rule.State === 'ENABLED' ? rule.Targets : [])
        schedules.set({
          name: `${name}/${Id}`,
          functionName: targetFunction(Arn),
          next,
          event: (time) => (Input === undefined ? scheduledEvent(time, arn, context) : JSON.parse(Input)),
        });
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}

/** EventBridge Scheduler; its flexible window and retries have no meaning on one machine. */
export function schedulerSchedule(schedules: Pick<Schedules, 'set'>): ResourceProvider {
  return {
    type: 'AWS::Scheduler::Schedule',
    create(logicalId, properties, context) {
      const schedule = readProperties(scheduleSchema, properties);
      const name = schedule.Name ?? physicalName({ stackName: context.stackName, logicalId });
      const arn = `arn:aws:scheduler:${place(context)}:schedule/default/${name}`;
      const next = parseScheduleExpression(schedule.ScheduleExpression);
      const { Arn, Input } = schedule.Target;
      if (schedule.State === 'ENABLED')
        schedules.set({
          name,
          functionName: targetFunction(Arn),
          next,
          event: () => (Input === undefined ? {} : JSON.parse(Input)),
        });
      return { ref: name, attributes: { Arn: arn } };
    },
  };
}

function targetFunction(arn: string): string {
  const name = functionNameOf(arn);
  if (name === undefined) throw new Error(`target ${arn} is not a Lambda function; not supported.`);
  return name;
}

const place = ({ environment }: ProviderContext) => `${environment.region}:${environment.accountId}`;

function scheduledEvent(time: number, ruleArn: string, { environment }: ProviderContext): unknown {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: environment.accountId,
    time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: environment.region,
    resources: [ruleArn],
    detail: {},
  };
}
