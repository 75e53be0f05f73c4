import { codeOf } from '../../core/errors.ts';
import { noTokens } from '../../core/metering/token-usage.ts';
import {
  logMeterFailed,
  logPass,
  logReconcileParked,
  logReconcilePaused,
  logSettled,
  logSignUp,
  logSpendRead,
  refusalMetrics,
} from '../../lambda/metrics.ts';
import { embeddedMetrics } from '../../local/aws/cloudwatch/embedded-metrics.ts';
import { captureOutput } from './http/capture-output.ts';

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
  process.env.METRICS_NAMESPACE = 'Daypass';
});
afterEach(() => {
  output.restore();
  delete process.env.METRICS_NAMESPACE;
  delete process.env.CALL_METRICS;
});

/** What CloudWatch makes of the one line that was logged. */
function metrics(): Record<string, number> {
  const [line, ...others] = output.lines();
  expect(others).toEqual([]);
  return Object.fromEntries(
    embeddedMetrics(JSON.stringify(line)).map(({ namespace, name, dimensions = {}, value }) => {
      expect(namespace).toBe('Daypass');
      return [[name, ...Object.values(dimensions)].join(' '), value];
    }),
  );
}

const call = {
  requestId: 'r1',
  keyId: 'key_1',
  model: 'nova-lite',
  mark: 'metered',
  usage: { ...noTokens, input: 10, cachedInput: 5, cacheWriteInput: 2, output: 20 },
  costNanoDollars: 3_000_000,
  ms: 2500,
  isStreamed: false,
  isFallback: false,
  code: undefined,
} as const;

test('a charged call counts once, with its tokens, cost and first token, the latter two by model as well', () => {
  logSettled({ ...call, msToFirstToken: 300 });
  expect(metrics()).toEqual({
    Calls: 1,
    InputTokens: 17,
    OutputTokens: 20,
    CostDollars: 0.003,
    'CostDollars nova-lite': 0.003,
    FirstTokenMs: 300,
    'FirstTokenMs nova-lite': 300,
  });
  expect(output.lines()[0]).toMatchObject({ message: 'call', requestId: 'r1', keyId: 'key_1', ms: 2500 });
});

test('one without a token, streamed, by a fallback, that its model failed, says so', () => {
  logSettled({ ...call, isStreamed: true, isFallback: true, code: 'model_failed' });
  expect(metrics()).toMatchObject({ StreamSeconds: 2.5, Fallbacks: 1, ModelFailures: 1 });
  expect(metrics()).not.toHaveProperty('FirstTokenMs');
});

test.each([
  ['quota_exceeded', {}],
  ['model_overloaded', { ModelFailures: 1 }],
  [codeOf(new Error('odd')), {}],
] as const)('a refusal counts by its code: %s', (code, more) => {
  const fields = { code, ...refusalMetrics(code) };
  const made = embeddedMetrics(JSON.stringify(fields)).map(({ name, dimensions, value }) => [
    [name, ...Object.values(dimensions ?? {})].join(' '),
    value,
  ]);
  expect(Object.fromEntries(made)).toEqual({ [`Refusals ${code}`]: 1, ...more });
});

test('a pass of the reconciler and a sign-up count', () => {
  logPass({ actions: [{ kind: 'expire', subject: 'key_1' }], failures: 2, parked: 0, dryRun: false });
  expect(metrics()).toEqual({ Repairs: 1, RepairFailures: 2 });
});

test('each pass tells the alarm of repairs that still wait for an operator; a dry run does not', () => {
  const pass = { actions: [], failures: 0, parked: 2 };
  logPass({ ...pass, dryRun: true });
  expect(output.lines()).toHaveLength(1);
  process.env.CALL_METRICS = 'off';
  logPass({ ...pass, dryRun: false });
  expect(output.lines().at(-1)).toMatchObject({ message: 'repairs parked', Parked: 2 });
  expect(output.lines().at(-1)).toHaveProperty('_aws');
});

test('whatever waits for an operator counts once in a pass: what was parked just now or before, and keys without a record', () => {
  logReconcileParked('key_1', 3);
  const actions = ['gw-1', 'gw-2'].map((subject) => ({ kind: 'keep-unknown', subject }));
  logPass({ actions, failures: 0, parked: 4, dryRun: false });
  const parked = output.lines().filter((line) => 'Parked' in line);
  expect(parked).toEqual([expect.objectContaining({ message: 'repairs parked', Parked: 4 })]);
  expect(output.lines()).toContainEqual(expect.objectContaining({ message: 'unknown keys', count: 2 }));
});

test('with call metrics off, lines stay, and only those that alarms watch make metrics', () => {
  process.env.CALL_METRICS = 'off';
  logSettled({ ...call, msToFirstToken: 300 });
  logSignUp();
  expect(output.lines().map(({ _aws }) => _aws)).toEqual([undefined, undefined]);
  expect(refusalMetrics('not_found')).toEqual({ Refusals: 1 });
});

test.each([
  ['Parked', () => logReconcilePaused({ since: 0, by: 'ada' }, true), 1],
  ['Metering', () => logMeterFailed('settle', new Error('no')), 1],
  ['SpendPercent', () => logSpendRead({ window: 'day', spentNanoDollars: 4, ceilingNanoDollars: 5 }), 80],
])('%s is there for its alarm, whatever the settings', (name, log, value) => {
  process.env.CALL_METRICS = 'off';
  log();
  expect(metrics()).toEqual({ [name]: value });
});
