import { type CloudWatch, createCloudWatch } from '../../../local/aws/cloudwatch/cloudwatch.ts';
import type { AwsRequest } from '../../../local/aws/service.ts';
import { type RunningAws, startAws } from './start-aws.ts';

const now = Date.UTC(2026, 10, 22, 10);
let aws: RunningAws;
let cloudWatch: CloudWatch;
let asked: AwsRequest[] = [];
let createAlarms: typeof import('../../../lambda/adapters/alarms.ts').createAlarms;

beforeAll(async () => {
  cloudWatch = createCloudWatch({
    clock: { now: () => now },
    log: { warn: () => {} },
    topics: { publish: () => {} },
    region: 'us-east-1',
    accountId: '000000000000',
  });
  const { handle } = cloudWatch;
  aws = await startAws([
    {
      ...cloudWatch,
      handle(request) {
        asked.push(request);
        return handle(request);
      },
    },
  ]);
  ({ createAlarms } = await import('../../../lambda/adapters/alarms.ts'));
});
beforeEach(() => {
  asked = [];
});
afterEach(() => aws.faults.replace([]));
afterAll(() => aws.close());

test('the stack’s alarms are asked for by name, in AWS JSON 1.0', async () => {
  const watched = { metrics: [], periodSeconds: 300, threshold: 1, missing: 'OK' as const, actions: [] };
  const what = 'A repair needs an operator';
  cloudWatch.defineAlarm({ ...watched, name: 'Daypass-Parked', description: `Daypass: ${what}` });
  cloudWatch.defineAlarm({ ...watched, name: 'Other-Parked', description: `Other: ${what}` });
  const failed: unknown[] = [];
  const alarms = createAlarms(['Daypass-Parked', 'Daypass-Gone'], (error) => failed.push(error));
  expect(await alarms.read()).toEqual([
    {
      name: 'Daypass-Parked',
      what: 'A repair needs an operator',
      state: 'insufficient_data',
      since: now,
    },
  ]);
  expect(asked[0]?.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms',
    authorization: expect.stringContaining('/us-east-1/monitoring/aws4_request'),
  });
  expect(failed).toEqual([]);
});

test('if CloudWatch refuses or can’t be reached, nothing is known and the reason is logged', async () => {
  aws.faults.replace([{ service: 'monitoring', kind: 'error', error: 'AccessDenied', status: 403 }]);
  const failed: Error[] = [];
  const alarms = createAlarms(['Daypass-Parked'], (error) => failed.push(error as Error));
  expect(await alarms.read()).toBeUndefined();
  aws.faults.replace([{ service: 'monitoring', kind: 'drop-reply' }]);
  expect(await alarms.read()).toBeUndefined();
  expect(failed.map(({ name }) => name)).toEqual(['AccessDenied', 'TypeError']);
});
