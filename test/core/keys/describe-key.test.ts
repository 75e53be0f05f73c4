import { describeCurrentKey, describeKey } from '../../../core/keys/describe-key.ts';
import type { KeyCounters, KeyRecord } from '../../../core/keys/ports.ts';
import { keyStatus } from '../../../core/keys/standing.ts';

const made = Date.parse('2026-11-22T10:00:00Z');
const minute = 60_000;

const someKey = (fields: Partial<KeyRecord> = {}): KeyRecord => ({
  keyId: 'key_1',
  userId: 'ada',
  name: 'laptop',
  plan: '10-per-day',
  status: 'active',
  valueHash: 'hash',
  last4: 'abcd',
  slot: 1,
  createdAt: made,
  ...fields,
});
const counters = (lastUsedAt?: number) => ({
  usedByWindow: { 'day-2026-11-22': 3 },
  limits: { requestsPerDay: 10 },
  lastUsedAt,
});

describe('the status of a key', () => {
  test('is activating for a minute after creation', () => {
    expect(keyStatus(someKey(), undefined, made)).toBe('activating');
    expect(keyStatus(someKey(), undefined, made + minute - 1)).toBe('activating');
    expect(keyStatus(someKey(), undefined, made + minute)).toBe('active');
  });

  test('is active as soon as API Gateway has let a call with a new key in', () => {
    expect(keyStatus(someKey(), true, made + 2)).toBe('active');
  });

  test.each(['rotatedAt', 'planChangedAt'] as const)(
    'is activating for a minute after %s, even if it was let in, perhaps before the change reached all of API Gateway',
    (field) => {
      const record = someKey({ [field]: made + 10 * minute });
      expect(keyStatus(record, true, made + 10 * minute)).toBe('activating');
      expect(keyStatus(record, true, made + 11 * minute - 1)).toBe('activating');
      expect(keyStatus(record, true, made + 11 * minute)).toBe('active');
    },
  );

  test('is expired from the second of its expiry on, and revoked whatever the time', () => {
    const record = someKey({ expiresAt: made + 1000 });
    expect(keyStatus(record, undefined, made + 999)).toBe('activating');
    expect(keyStatus(record, true, made + 1000)).toBe('expired');
    expect(keyStatus(someKey({ status: 'revoked' }), undefined, made)).toBe('revoked');
    expect(keyStatus(someKey({ status: 'expired' }), undefined, made)).toBe('expired');
  });
});

test('a new key stays activating when only a call with a login, which API Gateway doesn’t see, has used it', () => {
  const used = { ...counters(made + 5), isLetIn: undefined };
  expect(describeKey(someKey(), used, made + 10)).toMatchObject({
    status: 'activating',
    lastUsedAt: '2026-11-22T10:00:00.005Z',
  });
  expect(describeKey(someKey(), { ...used, isLetIn: true }, made + 10).status).toBe('active');
});

test('an ended key still shows its last use, the day’s use and its limits, with nothing left', () => {
  const record = someKey({ status: 'revoked', lastCounters: counters(made + 5) });
  const facts = { lastUsedAt: '2026-11-22T10:00:00.005Z', limits: { requestsPerDay: 10 }, remaining: 0 };
  expect(describeKey(record, undefined, made + minute)).toMatchObject({ ...facts, used: 3 });
  expect(describeKey(record, undefined, made + 1440 * minute)).toMatchObject({ ...facts, used: 0 });
});

test('an activating key says until when, and what to do', () => {
  expect(describeKey(someKey(), counters(), made)).toMatchObject({
    status: 'activating',
    activation: { expectedBy: '2026-11-22T10:01:00.000Z', message: expect.stringMatching(/401.*try again/) },
    used: 3,
    remaining: 7,
  });
  expect(describeKey(someKey(), counters(), made + minute)).toMatchObject({
    status: 'active',
    activation: null,
  });
  expect(describeCurrentKey(someKey(), counters(), made).status).toBe('activating');
});

test('an ended key has nothing left and shows the limits it was made with', () => {
  const record = someKey({ status: 'revoked', limits: { requestsPerDay: 5 } });
  expect(describeKey(record, undefined, made)).toMatchObject({
    remaining: 0,
    activation: null,
    limits: { requestsPerDay: 5, requestsPerHour: null },
  });
});

test('each limit is shown in its current window, with nothing left for an ended key', () => {
  const limits = { requestsPerDay: 10, requestsPerWeek: 20, requestsPerMonth: 30, tokensPerDay: 5 };
  const usedByWindow = {
    'day-2026-11-22': 3,
    'week-2026-11-16': 12,
    'month-2026-11': 29,
    'tokens-2026-11-22': 7,
  };
  const windows = [
    {
      unit: 'requests',
      window: 'day',
      limit: 10,
      used: 3,
      remaining: 7,
      resetsAt: '2026-11-23T00:00:00.000Z',
    },
    {
      unit: 'requests',
      window: 'week',
      limit: 20,
      used: 12,
      remaining: 8,
      resetsAt: '2026-11-23T00:00:00.000Z',
    },
    {
      unit: 'requests',
      window: 'month',
      limit: 30,
      used: 29,
      remaining: 1,
      resetsAt: '2026-12-01T00:00:00.000Z',
    },
    { unit: 'tokens', window: 'day', limit: 5, used: 7, remaining: 0, resetsAt: '2026-11-23T00:00:00.000Z' },
  ];
  expect(describeKey(someKey(), { limits, usedByWindow }, made).windows).toEqual(windows);
  expect(describeCurrentKey(someKey(), { limits, usedByWindow }, made).windows).toEqual(windows);
  const ended = describeKey(
    someKey({ status: 'revoked', lastCounters: { limits, usedByWindow } }),
    undefined,
    made,
  );
  expect(ended.windows).toEqual(windows.map((window) => ({ ...window, remaining: 0 })));
  expect(ended.limits).toMatchObject({ requestsPerWeek: 20, requestsPerMonth: 30 });
});

describe('the models of a key', () => {
  const models = (record: KeyRecord, held?: KeyCounters) => describeKey(record, held, made).models;
  const holding = (...names: string[]) => ({
    usedByWindow: {},
    limits: { requestsPerDay: 10, models: names },
  });

  test('are those in force, which its plan may have made fewer', () => {
    expect(models(someKey({ models: ['nova-lite', 'nova-pro'] }), holding('nova-lite'))).toEqual([
      'nova-lite',
    ]);
    expect(models(someKey(), holding('nova-lite'))).toEqual(['nova-lite']);
  });

  test('are null when it may call every model', () => {
    expect(models(someKey(), counters())).toBeNull();
    expect(models(someKey())).toBeNull();
  });

  test('are those its user asked for once it has ended', () => {
    expect(models(someKey({ status: 'revoked', models: ['nova-pro'] }))).toEqual(['nova-pro']);
  });
});
