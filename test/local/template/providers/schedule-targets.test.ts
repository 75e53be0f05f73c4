import type { Schedule } from '../../../../local/aws/events/schedules.ts';
import { eventsRule, schedulerSchedule } from '../../../../local/template/providers/schedule-targets.ts';
import { context } from './provider-context.ts';

const Arn = 'arn:aws:lambda:us-east-1:000000000000:function:sweep:live';

async function scheduled(make: typeof eventsRule, properties: Record<string, unknown>) {
  const set: Schedule[] = [];
  await make({ set: (schedule) => void set.push(schedule) }).create('Nightly', properties, context);
  return set;
}

describe('scheduled targets', () => {
  test("a rule's target gets its own input, by the function's bare name", async () => {
    const Targets = [{ Id: 'T', Arn, Input: '{"a":1}' }];
    const [schedule] = await scheduled(eventsRule, { ScheduleExpression: 'rate(1 hour)', Targets });
    expect(schedule?.functionName).toBe('sweep');
    expect(schedule?.event(0)).toEqual({ a: 1 });
  });

  test('a disabled rule runs nothing', async () => {
    const properties = { ScheduleExpression: 'rate(1 hour)', State: 'DISABLED', Targets: [{ Id: 'T', Arn }] };
    expect(await scheduled(eventsRule, properties)).toEqual([]);
  });

  test('a schedule of EventBridge Scheduler runs its target', async () => {
    const properties = {
      ScheduleExpression: 'cron(0 0 * * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn, Input: '{"b":2}', RoleArn: 'arn:aws:iam::000000000000:role/x' },
    };
    const [schedule] = await scheduled(schedulerSchedule, properties);
    expect(schedule?.event(0)).toEqual({ b: 2 });
    expect(schedule?.next(0)).toBe(86_400_000);
  });

  test.each([
    [eventsRule, { EventPattern: { source: ['x'] } }, /only rules with a schedule|event patterns/],
    [
      eventsRule,
      { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'T', Arn: 'arn:aws:sqs:x:y:q' }] },
      /arn:aws:sqs:x:y:q is not a Lambda function/,
    ],
    [
      eventsRule,
      { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'T', Arn, InputPath: '$' }] },
      /InputPath is not supported/,
    ],
    [
      schedulerSchedule,
      { ScheduleExpression: 'rate(1 hour)', ScheduleExpressionTimezone: 'Europe/Berlin', Target: { Arn } },
      /only the UTC time zone/,
    ],
  ])('what is not supported is refused by name (%#)', async (make, properties, message) => {
    await expect(scheduled(make, properties)).rejects.toThrow(message);
  });
});
