import { readDeployment } from '../../bench/cost/deployment.ts';
import { dollarsAtRest, dollarsOfAMillion, total } from '../../bench/cost/dollars.ts';
import { costTables, putTables } from '../../bench/cost/tables.ts';

const template = {
  Resources: {
    ChatchatcompletionsFunction1: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 128 } },
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { TracingEnabled: true, MethodSettings: [{ MetricsEnabled: false }], AccessLogSetting: {} },
    },
    Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}, {}] } },
    Key: { Type: 'AWS::KMS::Key' },
    Sum: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Metrics: [{ Expression: 'a+b' }, { MetricStat: {} }, { MetricStat: {} }] },
    },
    One: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
  },
};

const facts = {
  addedSeconds: 0,
  writeUnits: 2,
  logBytes: 250,
  headBytes: 1_000,
  bytesAChunk: 100,
  gzippedBytesAChunk: 10,
};

test('reads what has a price from the template', () => {
  expect(readDeployment(template)).toEqual({
    chatMemoryMiB: 128,
    webAclRules: 3,
    kmsKeys: 1,
    secrets: 0,
    alarmMetrics: 3,
    isTraced: true,
    hasDetailedMetrics: false,
    writesAccessLog: true,
    leavesOutSystemLogs: false,
  });
});

test('says what to do about a template without a chat function', () => {
  expect(() => readDeployment({ Resources: {} })).toThrow('run `npx cdk synth`');
});

test('multiplies waiting by memory, and traffic by the bytes of chunks', () => {
  const shape = { name: '10 s', modelSeconds: 10, tokens: 500 };
  const plain = dollarsOfAMillion(readDeployment(template), facts, shape, false);
  expect(plain['Lambda, waiting']).toBeCloseTo(10 * 1e6 * 0.125 * 0.0000133334, 5);
  expect(plain.traffic).toBeCloseTo(51 * 0.09, 5);
  expect(plain.DynamoDB).toBeCloseTo(1.25, 5);
  const gzip = dollarsOfAMillion(readDeployment(template), facts, shape, true);
  expect(total(plain) - total(gzip)).toBeCloseTo(45 * 0.09, 5);
});

test('bills at rest only what is beyond the free alarms', () => {
  const atRest = dollarsAtRest({ ...readDeployment(template), alarmMetrics: 12 });
  expect(atRest).toEqual({ 'web ACL': 8, 'KMS key': 1, secret: 0, alarms: 0.2 });
});

test('writes the tables between their marks, however often', () => {
  const page = 'before\n<!-- figures of npm run bench:cost -->\nold\n<!-- end of figures -->\nafter\n';
  const tables = costTables(readDeployment(template), facts);
  const once = putTables(page, tables);
  expect(once).toContain('| a million chats | 10 s, 500 tokens |');
  expect(once).not.toContain('old');
  expect(putTables(once, tables)).toBe(once);
});

test('refuses a page without the marks', () => {
  expect(() => putTables('page', '')).toThrow('The page has no');
});
