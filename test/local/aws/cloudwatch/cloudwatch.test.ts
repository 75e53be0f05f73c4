import { createCloudWatch } from '../../../../local/aws/cloudwatch/cloudwatch.ts';
import { createTopics } from '../../../../local/aws/sns/topics.ts';
import { cloudWatchProviders } from '../../../../local/template/providers/cloudwatch.ts';
import { snsProviders } from '../../../../local/template/providers/sns.ts';
import type { ResourceProvider } from '../../../../local/template/resource-provider.ts';
import { context } from '../../template/providers/provider-context.ts';
import { serveAws } from '../service-server.ts';

const start = Date.UTC(2026, 10, 22, 10);
let now = start;
const mails: { to: string; subject: string; text: string }[] = [];
const warnings: string[] = [];
const log = {
  warn: (_tag: string, text: string) => void warnings.push(text),
  info() {},
  detail() {},
};
const topics = createTopics({ mailbox: { send: (mail) => void mails.push(mail) }, log });
const cloudWatch = createCloudWatch({
  clock: { now: () => now },
  log,
  topics,
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
beforeEach(() => {
  cloudWatch.clear();
  topics.clear();
  mails.length = 0;
  warnings.length = 0;
  // What was measured stays, so each test has hours of its own.
  now += 24 * 3_600_000;
});

async function call(operation: string, input: unknown) {
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { 'x-amz-target': `GraniteServiceVersion20100801.${operation}` },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as {
    MetricAlarms?: { StateValue: string; StateReason: string; StateTransitionedTimestamp: number }[];
    message?: string;
  };
  return { status: answer.status, body };
}

async function stateOf(name: string): Promise<string | undefined> {
  const { body } = await call('DescribeAlarms', { AlarmNames: [name] });
  return body.MetricAlarms?.[0]?.StateValue;
}

function create(type: string, logicalId: string, properties: Record<string, unknown>) {
  const providers: ResourceProvider[] = [...cloudWatchProviders(cloudWatch), ...snsProviders(topics)];
  const provider = providers.find((one) => one.type === type);
  if (provider === undefined) throw new Error(`There is no provider of ${type}`);
  return provider.create(logicalId, properties, context) as {
    ref: string;
    attributes: Record<string, string>;
  };
}

const common = {
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  EvaluationPeriods: 1,
  TreatMissingData: 'notBreaching',
};
const failures = (more: object = {}) => ({
  ...common,
  AlarmName: 'Shop-Failures',
  AlarmDescription: 'Shop: It fails',
  Namespace: 'Shop',
  MetricName: 'Failures',
  Statistic: 'Sum',
  Period: 300,
  Threshold: 3,
  ...more,
});

test('an alarm is told by name, in the state in which it is made', async () => {
  expect(create('AWS::CloudWatch::Alarm', 'Failures', failures())).toEqual({
    ref: 'Shop-Failures',
    attributes: { Arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Shop-Failures' },
  });
  create('AWS::CloudWatch::Alarm', 'Other', failures({ AlarmName: 'Shop-Other' }));
  expect(await call('DescribeAlarms', { AlarmNames: ['Shop-Failures', 'Shop-None'] })).toEqual({
    status: 200,
    body: {
      MetricAlarms: [
        {
          AlarmName: 'Shop-Failures',
          AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Shop-Failures',
          AlarmDescription: 'Shop: It fails',
          StateValue: 'INSUFFICIENT_DATA',
          StateReason: 'Unchecked: Initial alarm creation',
          StateUpdatedTimestamp: now / 1000,
          StateTransitionedTimestamp: now / 1000,
        },
      ],
      CompositeAlarms: [],
    },
  });
});

test('it is OK below its threshold, in ALARM at it, and OK again when the period is over', async () => {
  create('AWS::CloudWatch::Alarm', 'Failures', failures());
  const fail = (value: number) => cloudWatch.put({ namespace: 'Shop', name: 'Failures', value });
  fail(2);
  expect(await stateOf('Shop-Failures')).toBe('OK');
  fail(1);
  expect(await stateOf('Shop-Failures')).toBe('ALARM');
  now += 6 * 60_000;
  expect(await stateOf('Shop-Failures')).toBe('OK');
});

test('with nothing measured it is OK after its first period', async () => {
  create('AWS::CloudWatch::Alarm', 'Failures', failures());
  now += 301_000;
  expect(await stateOf('Shop-Failures')).toBe('OK');
});

test('with nothing measured, one for which silence is a fault fires after its first period, until something comes', async () => {
  create('AWS::CloudWatch::Alarm', 'Failures', failures({ TreatMissingData: 'breaching' }));
  expect(await stateOf('Shop-Failures')).toBe('INSUFFICIENT_DATA');
  now += 301_000;
  expect(await stateOf('Shop-Failures')).toBe('ALARM');
  cloudWatch.put({ namespace: 'Shop', name: 'Failures', value: 0 });
  expect(await stateOf('Shop-Failures')).toBe('OK');
});

test('metrics with other dimensions are others, and the sum of several is watched as one', async () => {
  const stat = (Id: string, Value: string) => ({
    Id,
    ReturnData: false,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'FunctionName', Value }],
      },
      Period: 300,
      Stat: 'Sum',
    },
  });
  create('AWS::CloudWatch::Alarm', 'Crashes', {
    ...common,
    AlarmName: 'Shop-Crashes',
    Threshold: 2,
    Metrics: [{ Id: 'expr_1', Expression: 'm0+m1', ReturnData: true }, stat('m0', 'a'), stat('m1', 'b')],
  });
  const crash = (FunctionName: string) =>
    cloudWatch.put({ namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName }, value: 1 });
  crash('a');
  crash('c');
  expect(await stateOf('Shop-Crashes')).toBe('OK');
  crash('b');
  expect(await stateOf('Shop-Crashes')).toBe('ALARM');
});

describe('an alarm that fires', () => {
  const allow = (Service: string) => ({
    Effect: 'Allow',
    Action: 'sns:Publish',
    Principal: { Service },
    Resource: '*',
  });
  const deny = { Effect: 'Deny', Action: 'sns:Publish', Principal: '*', Resource: '*' };
  const fire = (statements?: object[]) => {
    const { ref } = create('AWS::SNS::Topic', 'Alerts', {});
    create('AWS::SNS::Subscription', 'Mail', {
      TopicArn: ref,
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
    if (statements !== undefined)
      create('AWS::SNS::TopicPolicy', 'Policy', { Topics: [ref], PolicyDocument: { Statement: statements } });
    create('AWS::CloudWatch::Alarm', 'Failures', failures({ AlarmActions: [ref] }));
    for (const _twice of [1, 2]) cloudWatch.put({ namespace: 'Shop', name: 'Failures', value: 3 });
  };

  test.each([
    ['by a topic’s own policy', undefined],
    ['where the policy allows it', [deny, allow('cloudwatch.amazonaws.com')]],
  ])('is mailed once, %s', (_, statements) => {
    fire(statements);
    expect(mails).toEqual([
      {
        to: 'ops@example.com',
        subject: 'ALARM: "Shop-Failures" in us-east-1',
        text: expect.stringContaining('Shop: It fails'),
      },
    ]);
  });

  test.each([
    ['allows nobody', [deny]],
    ['allows another service', [allow('events.amazonaws.com')]],
  ])('is not mailed where the policy %s, as on AWS', (_, statements) => {
    fire(statements);
    expect(mails).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('cloudwatch.amazonaws.com may not publish')]);
  });
});

describe('lines of functions', () => {
  const read = (
    metric: { namespace: string; name: string; dimensions?: Record<string, string> },
    stat = 'Sum',
  ) => cloudWatch.metrics.read(metric, stat, now - 60_000, now);

  const embedded = (more: object) =>
    JSON.stringify({
      model: 'm',
      Calls: 1,
      Ms: [10, 20, 30],
      _aws: {
        Timestamp: now,
        CloudWatchMetrics: [
          {
            Namespace: 'Shop',
            Dimensions: [[], ['model']],
            Metrics: [{ Name: 'Calls', Unit: 'Count' }, { Name: 'Ms' }],
          },
        ],
      },
      ...more,
    });

  test('become the metrics that they hold, for each set of dimensions', () => {
    cloudWatch.takeLine(embedded({}));
    cloudWatch.takeLine(embedded({ model: 'other' }));
    expect(read({ namespace: 'Shop', name: 'Calls' })).toBe(2);
    expect(read({ namespace: 'Shop', name: 'Calls', dimensions: { model: 'm' } })).toBe(1);
    expect(read({ namespace: 'Shop', name: 'Ms' }, 'p50')).toBe(20);
    expect(read({ namespace: 'Shop', name: 'Ms' }, 'p99')).toBe(30);
    expect(read({ namespace: 'Shop', name: 'Ms' }, 'Average')).toBe(20);
    expect(read({ namespace: 'Shop', name: 'Ms' }, 'SampleCount')).toBe(6);
    const found = cloudWatch.metrics.withDimensions({ namespace: 'Shop', name: 'Calls' }, ['model']);
    expect(found.map(({ dimensions }) => dimensions?.model)).toEqual(['m', 'other']);
  });

  test.each([
    ['a metric that is missing', { Calls: undefined }],
    ['a metric that is a text', { Calls: '1' }],
    ['a dimension that is missing', { model: undefined }],
    ['a dimension that is empty', { model: '' }],
    ['no time', { _aws: { CloudWatchMetrics: [] } }],
    [
      'a unit that there is not',
      {
        _aws: {
          Timestamp: start,
          CloudWatchMetrics: [
            { Namespace: 'Shop', Dimensions: [[]], Metrics: [{ Name: 'Calls', Unit: 'Calls' }] },
          ],
        },
      },
    ],
  ])('make no metrics at all with %s, and a warning tells', (_, wrong) => {
    cloudWatch.takeLine(embedded(wrong));
    expect(read({ namespace: 'Shop', name: 'Calls' })).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining('makes no metrics')]);
  });
});

test('an alarm that a later template lacks is gone', async () => {
  create('AWS::CloudWatch::Alarm', 'Failures', failures());
  cloudWatch.clear();
  const { body } = await call('DescribeAlarms', { AlarmNames: ['Shop-Failures'] });
  expect(body.MetricAlarms).toEqual([]);
});

test.each([
  [
    'another comparison',
    'AWS::CloudWatch::Alarm',
    failures({ ComparisonOperator: 'LessThanThreshold' }),
    'ComparisonOperator',
  ],
  ['several periods', 'AWS::CloudWatch::Alarm', failures({ EvaluationPeriods: 2 }), 'EvaluationPeriods'],
  [
    'other metric math',
    'AWS::CloudWatch::Alarm',
    failures({ Metrics: [{ Id: 'e', Expression: 'm0/m1' }] }),
    'other metric math',
  ],
  ['no metric', 'AWS::CloudWatch::Alarm', failures({ MetricName: undefined }), 'needs Namespace, MetricName'],
  ['a queue', 'AWS::SNS::Subscription', { TopicArn: 'a', Protocol: 'sqs', Endpoint: 'b' }, 'Protocol'],
])('%s is refused by name', (_what, type, properties, named) => {
  expect(() => create(type, 'Odd', properties)).toThrow(named);
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
