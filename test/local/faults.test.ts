import { createFaults } from '../../local/faults.ts';

const call = { service: 'dynamodb', operation: 'UpdateItem' };

test('a fresh switchboard lets every call through', () => {
  const faults = createFaults();
  expect(faults.list()).toEqual([]);
  expect(faults.striking(call, ['error', 'delay'])).toEqual([]);
});

test('a rule applies only to its service, its operation and the kinds asked for', () => {
  const faults = createFaults();
  const rule = { service: 'dynamodb', operation: 'UpdateItem', kind: 'drop-reply' };
  faults.replace([rule]);
  expect(faults.list()).toEqual([rule]);
  expect(faults.striking(call, ['drop-reply'])).toEqual([rule]);
  expect(faults.striking(call, ['error'])).toEqual([]);
  expect(faults.striking({ ...call, operation: 'PutItem' }, ['drop-reply'])).toEqual([]);
  expect(faults.striking({ ...call, service: 'kms' }, ['drop-reply'])).toEqual([]);
});

test("'*' applies to every service, and a rule without an operation to every operation", () => {
  const faults = createFaults();
  faults.replace([{ service: '*', kind: 'throttle' }]);
  expect(faults.striking({ service: 'sts', operation: undefined }, ['throttle'])).toHaveLength(1);
});

test('skip lets the first calls through and times ends the fault', () => {
  const faults = createFaults();
  faults.replace([{ service: '*', kind: 'error', skip: 2, times: 2 }]);
  const struck = Array.from({ length: 6 }, () => faults.striking(call, ['error']).length);
  expect(struck).toEqual([0, 0, 1, 1, 0, 0]);
});

test('probability is decided by the injected random source, and a spared call does not use up times', () => {
  const draws = [0.9, 0.1, 0.9, 0.1];
  const faults = createFaults(() => draws.shift() ?? 1);
  faults.replace([{ service: '*', kind: 'error', probability: 0.5, times: 2 }]);
  const struck = Array.from({ length: 5 }, () => faults.striking(call, ['error']).length);
  expect(struck).toEqual([0, 1, 0, 1, 0]);
});

test('replacing rules starts their counts anew', () => {
  const faults = createFaults();
  const rules = [{ service: '*', kind: 'error', times: 1 }];
  faults.replace(rules);
  faults.striking(call, ['error']);
  faults.replace(rules);
  expect(faults.striking(call, ['error'])).toHaveLength(1);
});

test('every bad field is named by its path, and the old rules stay', () => {
  const faults = createFaults();
  faults.replace([{ service: 'kms', kind: 'throttle' }]);
  const bad = [
    { service: 's3', kind: 'explode', status: 200, surprise: true },
    { service: 'bedrock', kind: 'delay' },
    { service: 'kms', kind: 'cut' },
    { service: 'bedrock', kind: 'mid-stream-error', error: 'ThrottlingException' },
    { service: 'kms', kind: 'error', afterEvents: 1, probability: 2 },
    'not a rule',
  ];
  let message = '';
  try {
    faults.replace(bad);
  } catch (error) {
    message = (error as Error).message;
  }
  const first = ['[0].service', '[0].kind', '[0].status', '[0]: ', 'surprise'];
  const others = ['[1].delayMs', '[2].service', '[3].error', '[4].probability', '[4].afterEvents', '[5]: '];
  for (const told of [...first, ...others]) expect(message).toContain(told);
  expect(faults.list()).toEqual([{ service: 'kms', kind: 'throttle' }]);
});

test.each([
  [{ service: 'bedrock', kind: 'delay' }, '[0].delayMs'],
  [{ service: 'kms', kind: 'cut' }, '[0].service'],
  [{ service: 'bedrock', kind: 'mid-stream-error', error: 'ThrottlingException' }, '[0].error'],
  [{ service: 'kms', kind: 'error', afterEvents: 1 }, '[0].afterEvents'],
  [{ service: 'kms', kind: 'error', error: 'two\r\nlines' }, '[0].error'],
])('fields that do not fit together are named by path: %j', (rule, path) => {
  expect(() => createFaults().replace([rule])).toThrow(path);
});

test('anything but a list of rules is refused', () => {
  expect(() => createFaults().replace({ service: 'kms' })).toThrow('rules');
});
