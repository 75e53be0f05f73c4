import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { parseScheduleExpression } from '../../aws/events/schedule-expression.ts';
import type { Schedules } from '../../aws/events/schedules.ts';
import type { ProviderContext, ResourceProvider } from '../resource-provider.ts';
import { physicalName } from '../stable-id.ts';
import { readProperties, refused } from './read-properties.ts';

const schema = z.looseObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string({ error: 'only rules with a schedule are supported' }),
  EventPattern: refused('event patterns are not supported: there is no event bus'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
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

/** EventBridge rules with a schedule. */
export function eventsRule(schedules: Pick<Schedules, 'set'>): ResourceProvider {
  return {
    type: 'AWS::Events::Rule',
    create(logicalId, properties, context) {
      const rule = readProperties(schema, properties);
      const name = rule.Name ?? physicalName({ stackName: context.stackName, logicalId });
      const { region, accountId } = context.environment;
      const arn = `arn:aws:events:${region}:${accountId}:rule/${name}`;
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

const functionArn = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)$/;

function targetFunction(arn: string): string {
  const name = functionArn.exec(arn)?.[1];
  if (name === undefined) throw new Error(`target ${arn} is not a Lambda function; not supported.`);
  return name;
}

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
