import type { Schedule } from '../../../../local/aws/events/schedules.ts';
import { eventsRule } from '../../../../local/template/providers/events-rule.ts';
import { context } from './provider-context.ts';

const Arn = 'arn:aws:lambda:us-east-1:000000000000:function:sweep';

async function scheduled(properties: Record<string, unknown>) {
  const set: Schedule[] = [];
  await eventsRule({ set: (schedule) => void set.push(schedule) }).create('Nightly', properties, context);
  return set;
}

describe('a rule with a schedule', () => {
  test('passes its own input to its target, by the name of the function', async () => {
    const Targets = [{ Id: 'T', Arn, Input: '{"a":1}' }];
    const [schedule] = await scheduled({ ScheduleExpression: 'rate(1 hour)', Targets });
    expect(schedule?.functionName).toBe('sweep');
    expect(schedule?.event(0)).toEqual({ a: 1 });
  });

  test('runs nothing when it is disabled', async () => {
    const properties = { ScheduleExpression: 'rate(1 hour)', State: 'DISABLED', Targets: [{ Id: 'T', Arn }] };
    expect(await scheduled(properties)).toEqual([]);
  });

  test.each([
    [{ EventPattern: { source: ['x'] } }, /only rules with a schedule|event patterns/],
    [{ ScheduleExpression: 'cron(0 0 * * ? *)' }, /cron\(0 0 \* \* \? \*\) is not supported/],
    [
      { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'T', Arn: 'arn:aws:sqs:x:y:q' }] },
      /arn:aws:sqs:x:y:q is not a Lambda function/,
    ],
    [
      { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'T', Arn: `${Arn}:live` }] },
      /sweep:live is not a Lambda function/,
    ],
    [
      { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'T', Arn, InputPath: '$' }] },
      /InputPath is not supported/,
    ],
  ])('is refused by the name of what is not supported (%#)', async (properties, message) => {
    await expect(scheduled(properties)).rejects.toThrow(message);
  });
});
