import { createCloudWatch } from '../../../../local/aws/cloudwatch/cloudwatch.ts';
import { cloudWatchAlarm } from '../../../../local/template/providers/cloudwatch-alarm.ts';
import { context } from '../../template/providers/provider-context.ts';
import { serveAws } from '../service-server.ts';

const since = Date.UTC(2026, 10, 22, 10);
const cloudWatch = createCloudWatch({
  clock: { now: () => since },
  region: 'us-east-1',
  accountId: '000000000000',
});
let server: Awaited<ReturnType<typeof serveAws>>;
beforeAll(async () => {
  server = await serveAws({
    ...cloudWatch,
    async handle(request) {
      return cloudWatch.handle(request).catch(({ code, message, status }) => ({
        status,
        body: JSON.stringify({ __type: code, message }),
      }));
    },
  });
});
afterAll(() => server.close());
beforeEach(() => cloudWatch.clear());

async function call(operation: string, input: unknown) {
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { 'x-amz-target': `GraniteServiceVersion20100801.${operation}` },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as { MetricAlarms?: unknown[]; message?: string };
  return { status: answer.status, body };
}

test('the template’s alarms are told by name, in the state in which they are made', async () => {
  const alarms = cloudWatchAlarm(cloudWatch);
  const made = { AlarmName: 'Shop-Errors', AlarmDescription: 'Shop: It fails', Threshold: 5 };
  expect(alarms.create('Errors', made, context)).toEqual({
    ref: 'Shop-Errors',
    attributes: { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Shop-Errors' },
  });
  alarms.create('Other', { AlarmName: 'Shop-Other' }, context);
  expect(await call('DescribeAlarms', { AlarmNames: ['Shop-Errors', 'Shop-None'] })).toEqual({
    status: 200,
    body: {
      MetricAlarms: [
        {
          AlarmName: 'Shop-Errors',
          AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Shop-Errors',
          AlarmDescription: 'Shop: It fails',
          StateValue: 'INSUFFICIENT_DATA',
          StateReason: 'Unchecked: Initial alarm creation',
          StateUpdatedTimestamp: since / 1000,
          StateTransitionedTimestamp: since / 1000,
        },
      ],
      CompositeAlarms: [],
    },
  });
});

test('an alarm that a later template lacks is gone', async () => {
  cloudWatch.defineAlarm({ name: 'Shop-Old', description: undefined });
  cloudWatch.clear();
  const { body } = await call('DescribeAlarms', { AlarmNames: ['Shop-Old'] });
  expect(body.MetricAlarms).toEqual([]);
});

test.each([
  ['other operations', 'PutMetricData', {}, 'PutMetricData'],
  ['a prefix', 'DescribeAlarms', { AlarmNamePrefix: 'Shop' }, 'AlarmNames'],
  ['no names', 'DescribeAlarms', { AlarmNames: [] }, 'AlarmNames'],
  ['a list that is none', 'DescribeAlarms', [], ''],
])('%s is refused by name', async (_what, operation, input, named) => {
  const { status, body } = await call(operation, input);
  expect(status).toBe(400);
  expect(body.message).toContain(named);
});
