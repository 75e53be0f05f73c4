import { randomUUID } from 'node:crypto';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../../../../core/accounts/ports.ts';
import type { SharedLimits } from '../../../../../core/catalog.ts';
import type { KeyRecord, KeyRecords } from '../../../../../core/keys/ports.ts';
import type { Charge, ChargeResult, Meter } from '../../../../../core/metering/ports.ts';
import { noTokens } from '../../../../../core/metering/token-usage.ts';
import type { SpendReading } from '../../../../../lambda/adapters/meter/spend/spend.ts';
import type { Table } from '../../../../../lambda/adapters/table.ts';
import { activeKey, start } from '../../keys/some-keys.ts';
import { type RunningAws, startTable } from '../../start-aws.ts';
import { watchItems } from '../../watch-items.ts';

const cent = 10_000_000;
const day = 86_400_000;
let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let users: UserRecords;
/** What was sent to the table since the test began. */
let sent: string[] = [];
let readings: SpendReading[] = [];
let meterOf: (ceiling: NonNullable<SharedLimits['ceiling']>) => Meter;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoMeter } = await import('../../../../../lambda/adapters/meter/dynamo-meter.ts');
  table = openTable('records');
  records = createDynamoKeys(table);
  users = createDynamoUsers(table);
  const watched = watchItems(table);
  sent = watched.sent;
  meterOf = (ceiling) => createDynamoMeter(watched.table, { ceiling }, (reading) => readings.push(reading));
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

/** Each test has a day of its own, since all share the deployment's spend. */
let today = start;
beforeEach(() => {
  today += 7 * day;
  sent.length = 0;
  readings = [];
});

async function newKey(parts: Partial<KeyRecord> = {}): Promise<string> {
  const key = await activeKey(records, { requestsPerDay: 1000 }, parts);
  await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
  return key.apiKeyId;
}

const charge = (meter: Meter, apiKeyId: string, now = today) =>
  meter.charge({ apiKeyId, requestId: randomUUID(), now, clientAddress: '192.0.2.1' });

async function charged(meter: Meter, apiKeyId: string, now = today): Promise<Charge> {
  const result = await charge(meter, apiKeyId, now);
  if (result.outcome !== 'charged') throw new Error(`not charged: ${result.outcome}`);
  return result.charge;
}

const settle = (meter: Meter, of: Charge, costNanoDollars: number, now = today) =>
  meter.settle({ charge: of, model: 'nova-lite', usage: noTokens, mark: 'metered', costNanoDollars, now });

const outcomes = (results: ChargeResult[]) => results.map(({ outcome }) => outcome);

async function shardsOf(now: number): Promise<number[]> {
  const scan = new ScanCommand({
    TableName: 'records',
    FilterExpression: 'begins_with(pk, :pk) AND sk = :day',
    ExpressionAttributeValues: {
      ':pk': 'LIMIT#ceiling-spend#',
      ':day': `day-${new Date(now).toISOString().slice(0, 10)}`,
    },
  });
  return ((await table.documents.send(scan)).Items ?? []).map(({ used }) => Number(used));
}

test('a charge is one write, and the sum is read once in ten seconds, also under concurrent calls', async () => {
  const meter = meterOf({ spendPerDay: 1, shards: 4 });
  const key = await newKey();
  await Promise.all([1, 2, 3].map(() => charged(meter, key)));
  expect(sent.toSorted()).toEqual(['batchGet', 'update', 'update', 'update']);
  await charged(meter, key, today + 9999);
  expect(sent.slice(4)).toEqual(['update']);
  await charged(meter, key, today + 10_000);
  expect(sent.slice(5)).toEqual(['batchGet', 'update']);
});

test('costs are summed over all shards, once for each call however often it is settled', async () => {
  const meter = meterOf({ spendPerDay: 1, shards: 4 });
  const key = await newKey();
  for (let call = 0; call < 24; call += 1) {
    const made = await charged(meter, key);
    aws.faults.replace([
      { service: 'dynamodb', operation: 'TransactWriteItems', kind: 'drop-reply', times: 1 },
    ]);
    await settle(meter, made, cent + call);
    await settle(meter, made, cent + call);
  }
  const shards = await shardsOf(today);
  expect(shards).toHaveLength(4);
  expect(shards.reduce((sum, used) => sum + used)).toBe(24 * cent + (23 * 24) / 2);
});

test('a call that costs little is added by lot, so that the sum is right on average', async () => {
  const { createSpendCounters } = await import('../../../../../lambda/adapters/meter/spend/spend.ts');
  const dollars = 50;
  const counters = createSpendCounters(table, { ceiling: { spendPerDay: dollars, shards: 4 } }, () => {});
  const cost = (dollars * 1e9) / 10_000 / 50;
  const added = Array.from({ length: 20_000 }, (_, at) => {
    const made = { chargeId: `abc:${at}` } as Charge;
    const call = { charge: made, usage: noTokens, costNanoDollars: cost, now: today };
    const writes = counters.add(call);
    expect(counters.add(call)).toEqual(writes);
    return writes.map(([, { Update }]) => Number(Update?.ExpressionAttributeValues?.[':amount']));
  }).flat();
  // One in fifty: 400, and these calls are always the same ones.
  expect(added.length).toBeGreaterThan(340);
  expect(added.length).toBeLessThan(460);
  expect(new Set(added)).toEqual(new Set([50 * cost]));
  const costly = {
    charge: { chargeId: 'abc:1' } as Charge,
    usage: noTokens,
    costNanoDollars: cent,
    now: today,
  };
  expect(counters.add(costly)).toHaveLength(1);
});

test('admins see the sum of each ceiling in its window', async () => {
  const ceiling = { requestsPerDay: 100, spendPerDay: 1, spendPerMonth: 20, shards: 4 };
  const { createCeilings } = await import('../../../../../lambda/adapters/meter/spend/ceilings.ts');
  const ceilings = createCeilings(table, { ceiling });
  const before = await ceilings.read(today);
  const meter = meterOf(ceiling);
  const key = await newKey();
  for (let call = 0; call < 3; call += 1) await settle(meter, await charged(meter, key), cent);
  const after = await ceilings.read(today);
  expect(after.map(({ unit, window, limit }) => ({ unit, window, limit }))).toEqual([
    { unit: 'requests', window: 'day', limit: 100 },
    { unit: 'dollars', window: 'day', limit: 1 },
    { unit: 'dollars', window: 'month', limit: 20 },
  ]);
  const grown = after.map(({ used }, at) => used - (before[at]?.used ?? 0));
  expect(grown[0]).toBe(3);
  expect(grown.slice(1)).toEqual([expect.closeTo(0.03, 9), expect.closeTo(0.03, 9)]);
  expect(await createCeilings(table, {}).read(today)).toEqual([]);
});

test('a refunded call adds nothing', async () => {
  const meter = meterOf({ spendPerDay: 1, shards: 1 });
  await meter.refund(await charged(meter, await newKey()));
  expect(await shardsOf(today)).toEqual([]);
});

test('once the sum has reached the ceiling a call is refused, uncharged, until the day ends', async () => {
  const meter = meterOf({ spendPerDay: 0.04, shards: 4 });
  const key = await newKey();
  for (let call = 0; call < 4; call += 1) {
    await settle(meter, await charged(meter, key, today + call * 10_000), cent, today + call * 10_000);
  }
  const later = today + 40_000;
  expect(await charge(meter, key, later)).toMatchObject({
    outcome: 'exceeded',
    of: 'deployment',
    window: 'day',
    standing: { resetsAt: Math.ceil(later / day) * day },
    day: { limit: 1000, remaining: 996 },
  });
  expect((await charge(meter, key, today + day)).outcome).toBe('charged');
  const Key = { pk: `APIKEY#${key}`, sk: 'METER' };
  const item = (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item;
  expect(item?.[`day-${new Date(today).toISOString().slice(0, 10)}`]).toBe(4);
});

test('one call may spend all of it: no shard is full by itself', async () => {
  const meter = meterOf({ spendPerDay: 0.04, shards: 4 });
  const key = await newKey();
  await settle(meter, await charged(meter, key), 3 * cent);
  expect(outcomes(await Promise.all([1, 2, 3, 4, 5].map(() => charge(meter, key, today + 10_000))))).toEqual(
    Array(5).fill('charged'),
  );
});

test('past the ceiling, spending goes on for ten seconds at most', async () => {
  const meter = meterOf({ spendPerDay: 0.01, shards: 2 });
  const key = await newKey();
  await settle(meter, await charged(meter, key), cent);
  expect((await charge(meter, key, today + 9999)).outcome).toBe('charged');
  expect((await charge(meter, key, today + 10_000)).outcome).toBe('exceeded');
  // An environment that begins now knows at once.
  expect((await charge(meterOf({ spendPerDay: 0.01, shards: 2 }), key, today + 1)).outcome).toBe('exceeded');
});

test('every environment adds to the same sum', async () => {
  const ceiling = { spendPerDay: 0.03, shards: 8 };
  const key = await newKey();
  for (const meter of [meterOf(ceiling), meterOf(ceiling), meterOf(ceiling)]) {
    await settle(meter, await charged(meter, key), cent);
  }
  expect((await charge(meterOf(ceiling), key)).outcome).toBe('exceeded');
});

test('without a sum no call is let in, and the next call reads it again', async () => {
  const meter = meterOf({ spendPerDay: 1, shards: 2 });
  const key = await newKey();
  await charged(meter, key);
  aws.faults.replace([
    { service: 'dynamodb', operation: 'BatchGetItem', kind: 'error', error: 'InternalServerError' },
  ]);
  sent.length = 0;
  // A sum that was read earlier is not good for longer than it is while the table answers.
  await expect(charge(meter, key, today + 10_000)).rejects.toThrow();
  expect(sent).not.toContain('update');
  aws.faults.replace([]);
  expect((await charge(meter, key, today + 10_001)).outcome).toBe('charged');
});

test('past the ceiling an invalid key is still refused as such, and a rotated secret is recognised', async () => {
  const meter = meterOf({ spendPerDay: 0.01, shards: 1 });
  const key = await activeKey(records, { requestsPerDay: 9 });
  await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
  await settle(meter, await charged(meter, key.apiKeyId), cent);
  const later = today + 10_000;
  expect(await charge(meter, 'unknown', later)).toEqual({ outcome: 'unknown_key' });
  const expired = await newKey({ expiresAt: start });
  expect(await charge(meter, expired, later)).toEqual({ outcome: 'unknown_key' });
  const rotation = { valueHash: randomUUID(), last4: 'abcd', startedAt: later, graceEndsAt: later + 1000 };
  await records.beginRotation(key, rotation);
  const second = `gw${randomUUID().slice(0, 8)}`;
  await records.completeRotation({ ...key, meterId: key.apiKeyId }, rotation, second);
  expect(await charge(meter, second, later)).toMatchObject({ of: 'deployment', keyId: key.keyId });
  expect((await charge(meter, key.apiKeyId, later + 999)).outcome).toBe('exceeded');
  expect((await charge(meter, key.apiKeyId, later + 1000)).outcome).toBe('unknown_key');
});

test('a ceiling on requests beside it stays exact', async () => {
  const meter = meterOf({ requestsPerDay: 6, spendPerDay: 0.02, shards: 3 });
  const key = await newKey();
  const results = await Promise.all(Array.from({ length: 12 }, () => charge(meter, key)));
  expect(results.filter(({ outcome }) => outcome === 'charged')).toHaveLength(6);
  const other = meterOf({ requestsPerDay: 100, spendPerDay: 0.02, shards: 3 });
  await settle(other, await charged(other, key), 2 * cent);
  expect((await charge(other, key, today + 10_000)).outcome).toBe('exceeded');
});

test('every reading is reported with the ceiling', async () => {
  const meter = meterOf({ spendPerDay: 0.05, shards: 2 });
  const key = await newKey();
  await settle(meter, await charged(meter, key), 4 * cent);
  await charged(meter, key, today + 10_000);
  expect(readings).toEqual([
    { window: 'day', spentNanoDollars: 0, ceilingNanoDollars: 5 * cent },
    { window: 'day', spentNanoDollars: 4 * cent, ceilingNanoDollars: 5 * cent },
  ]);
});
