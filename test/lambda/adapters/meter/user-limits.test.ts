import { randomUUID } from 'node:crypto';
import type { AdminUserRecords } from '../../../../core/admin/ports.ts';
import type { SharedLimits } from '../../../../core/catalog.ts';
import type { KeyRecord, KeyRecords, UserLimits } from '../../../../core/keys/ports.ts';
import type { UserLimitWrites } from '../../../../core/keys/share-limits.ts';
import type { ChargeResult, Meter } from '../../../../core/metering/ports.ts';
import { noTokens } from '../../../../core/metering/token-usage.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { activeKey, newUserId, someIntent, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

const day = 86_400_000;
let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let users: AdminUserRecords;
let userLimits: UserLimitWrites;
let meterOf: (limits?: SharedLimits) => Meter;
let readUserStandings: typeof import('../../../../lambda/adapters/meter/user-limits.ts').readUserStandings;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createAdminUsers } = await import('../../../../lambda/adapters/accounts/admin-users.ts');
  const { createUserLimitWrites } = await import('../../../../lambda/adapters/accounts/user-limit-writes.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  ({ readUserStandings } = await import('../../../../lambda/adapters/meter/user-limits.ts'));
  table = openTable('records');
  records = createDynamoKeys(table);
  users = createAdminUsers(table);
  userLimits = createUserLimitWrites(table);
  meterOf = (limits = {}) => createDynamoMeter(table, limits);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

/** Two keys of one user, on different plans. */
async function twoKeys() {
  const owner = { userId: newUserId(), person: randomUUID() };
  const keys = [
    await activeKey(records, { requestsPerDay: 100 }, owner),
    await activeKey(records, { requestsPerDay: 100 }, { ...owner, plan: '20-per-day' }),
  ] as const;
  return { ...owner, keys };
}

let changes = 0;

/** As the admin's route does it. */
async function setLimits(owner: { userId: string; keys: readonly KeyRecord[] }, limits: UserLimits | null) {
  await users.change({ ...owner, email: 'ada@example.com', createdAt: start }, { limits });
  changes += 1;
  for (const { apiKeyId = '' } of owner.keys)
    await userLimits.apply(apiKeyId, limits ?? undefined, start + changes);
}

const charge = (meter: Meter, { apiKeyId = '' }: KeyRecord, now = start) =>
  meter.charge({ apiKeyId, requestId: randomUUID(), now, clientAddress: '192.0.2.1' });
const fullOf = (result: ChargeResult) =>
  result.outcome === 'exceeded'
    ? `${result.of ?? 'key'} ${result.unit} ${result.window} ${result.standing.limit}`
    : result.outcome;

async function use(meter: Meter, key: KeyRecord, amounts: { tokens?: number; nanos?: number }) {
  const result = await charge(meter, key);
  if (result.outcome !== 'charged') throw new Error(fullOf(result));
  const usage = { ...noTokens, input: amounts.tokens ?? 0 };
  const costNanoDollars = amounts.nanos ?? 0;
  const about = { charge: result.charge, model: 'nova-lite', mark: 'metered' } as const;
  await meter.settle({ ...about, usage, costNanoDollars, now: start });
  return result.charge;
}

test.each([
  ['requestsPerMinute', 'minute'],
  ['requestsPerHour', 'hour'],
  ['requestsPerDay', 'day'],
  ['requestsPerWeek', 'week'],
  ['requestsPerMonth', 'month'],
])('%s holds for all keys of the user together, however many call at once', async (field, kind) => {
  const meter = meterOf();
  const owner = await twoKeys();
  await setLimits(owner, { [field]: 3 });
  const calls = Array.from({ length: 12 }, (_, at) => charge(meter, owner.keys[at % 2 === 0 ? 0 : 1]));
  const results = (await Promise.all(calls)).map(fullOf);
  expect(results.filter((result) => result === 'charged')).toHaveLength(3);
  expect(results.filter((result) => result === `user requests ${kind} 3`)).toHaveLength(9);
});

test('tokens and dollars of one key are counted for the other', async () => {
  const meter = meterOf();
  const owner = await twoKeys();
  await setLimits(owner, { tokensPerDay: 100, spendPerMonth: 0.02 });
  await use(meter, owner.keys[0], { tokens: 60, nanos: 5_000_000 });
  const second = await use(meter, owner.keys[1], { tokens: 40 });
  expect(second.shared).toMatchObject({
    tokens: { limit: 100, remaining: 40 },
    spend: { limit: 0.02, remaining: 0.015 },
  });
  expect(fullOf(await charge(meter, owner.keys[0]))).toBe('user tokens day 100');
  await setLimits(owner, { spendPerMonth: 0.005 });
  expect(fullOf(await charge(meter, owner.keys[1], start + day))).toBe('user dollars month 0.005');
});

test('each takes the place of the settings’ for every user, higher or lower; the others stay', async () => {
  const meter = meterOf({ perUser: { requestsPerDay: 2, requestsPerHour: 3 } });
  const owner = await twoKeys();
  await setLimits(owner, { requestsPerDay: 50 });
  for (let call = 0; call < 3; call += 1) await use(meter, owner.keys[0], {});
  expect(fullOf(await charge(meter, owner.keys[1]))).toBe('user requests hour 3');
  await setLimits(owner, null);
  expect(fullOf(await charge(meter, owner.keys[1]))).toBe('user requests day 2');
});

test('are shown with what is left', async () => {
  const meter = meterOf();
  const owner = await twoKeys();
  const limits = { requestsPerDay: 5, tokensPerDay: 100, spendPerDay: 1 };
  await setLimits(owner, limits);
  await use(meter, owner.keys[0], { tokens: 30, nanos: 250_000_000 });
  const standings = await readUserStandings(table, limits, owner.person, start);
  expect(standings.map(({ unit, kind, standing }) => [unit, kind, standing.remaining])).toEqual([
    ['requests', 'day', 4],
    ['tokens', 'day', 70],
    ['dollars', 'day', 0.75],
  ]);
});

test('a refund gives the request back to the user too', async () => {
  const meter = meterOf();
  const owner = await twoKeys();
  await setLimits(owner, { requestsPerDay: 1 });
  const result = await charge(meter, owner.keys[0]);
  if (result.outcome !== 'charged') throw new Error('not charged');
  await meter.refund(result.charge, 'nova-lite', 'refused');
  expect(fullOf(await charge(meter, owner.keys[1]))).toBe('charged');
});

test('those of an earlier change never replace those of a later one', async () => {
  const owner = await twoKeys();
  const [{ apiKeyId }] = owner.keys;
  expect(await userLimits.apply(apiKeyId, { requestsPerDay: 1 }, start + 2000)).toBe(true);
  expect(await userLimits.apply(apiKeyId, { requestsPerDay: 9 }, start + 1000)).toBe(false);
  await charge(meterOf(), owner.keys[0]);
  expect(fullOf(await charge(meterOf(), owner.keys[0]))).toBe('user requests day 1');
});

test('a key that is being made while they change is refused, and made with them the next time', async () => {
  const userId = newUserId();
  const person = { userId, email: 'ada@example.com', createdAt: start };
  const make = async (limits: UserLimits | undefined, perUserAt: number | undefined) => {
    const record = await records.reserve(someIntent({ userId }), 100);
    if (record === undefined) throw new Error('no place was free');
    const apiKeyId = `gw${randomUUID().slice(0, 8)}`;
    await records.activate(record, { apiKeyId }, { requestsPerDay: 9, perUser: limits, perUserAt });
    return { ...record, apiKeyId };
  };
  await users.change(person, { limits: { requestsPerDay: 1 } });
  await expect(make(undefined, undefined)).rejects.toMatchObject({ code: 'key_busy' });
  const { limits, limitsChangedAt } = (await users.read([userId])).get(userId) ?? {};
  const key = await make(limits, limitsChangedAt);
  expect(fullOf(await charge(meterOf(), key))).toBe('charged');
  expect(fullOf(await charge(meterOf(), key))).toBe('user requests day 1');
});

test('a user without any keeps the gate at one write', async () => {
  const [key] = (await twoKeys()).keys;
  aws.faults.replace([{ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'error' }]);
  expect(fullOf(await charge(meterOf(), key))).toBe('charged');
});

test('if they can’t be read, no call is let in', async () => {
  const owner = await twoKeys();
  await setLimits(owner, { tokensPerDay: 5 });
  aws.faults.replace([{ service: 'dynamodb', operation: 'BatchGetItem', kind: 'error' }]);
  await expect(charge(meterOf(), owner.keys[0])).rejects.toThrow();
});

describe('a key on unlimited', () => {
  const limited = { perUser: { requestsPerDay: 1, spendPerDay: 0.01 } };

  /** With limits on its item all the same: of client addresses, from a plan before, and an admin's of its user. */
  async function unlimitedKey() {
    const owner = { userId: newUserId(), person: randomUUID() };
    const limits = { perClient: { requestsPerDay: 1 }, perUser: { requestsPerDay: 1 }, perUserAt: start };
    const person = { userId: owner.userId, email: 'ada@example.com', createdAt: start };
    await users.change(person, { limits: { requestsPerDay: 1 } });
    const { limitsChangedAt } = (await users.read([owner.userId])).get(owner.userId) ?? {};
    const parts = { ...owner, plan: 'unlimited' };
    return activeKey(records, { ...limits, perUserAt: limitsChangedAt }, parts);
  }

  test('passes every limit, and is metered all the same', async () => {
    const meter = meterOf(limited);
    const key = await unlimitedKey();
    for (let call = 0; call < 3; call += 1) await use(meter, key, { tokens: 1000, nanos: 50_000_000 });
    const charge = await use(meter, key, {});
    expect(charge.shared?.counted).toEqual([]);
    const { createDynamoUsage } = await import('../../../../lambda/adapters/meter/usage.ts');
    const span = { from: '2020-01-01', to: '2099-01-01', userId: key.userId, limit: 5 };
    expect((await createDynamoUsage(table).list(span)).days).toMatchObject([
      { requests: 4, inputTokens: 3000, costNanoDollars: 150_000_000 },
    ]);
  });

  test('is refunded, although no limit caps its refunds', async () => {
    const meter = meterOf(limited);
    const result = await charge(meter, await unlimitedKey());
    if (result.outcome !== 'charged') throw new Error('not charged');
    await meter.refund(result.charge, 'nova-lite', 'failed');
    expect(result.charge.standing.remaining).toBe(Number.POSITIVE_INFINITY);
  });

  test('stops at the deployment’s ceiling, which guards the operator’s bill', async () => {
    const meter = meterOf({ ceiling: { requestsPerDay: 1, shards: 1 } });
    const key = await unlimitedKey();
    const later = start + 40 * day;
    expect(fullOf(await charge(meter, key, later))).toBe('charged');
    expect(fullOf(await charge(meter, key, later))).toMatch(/^deployment requests day/);
  });
});
