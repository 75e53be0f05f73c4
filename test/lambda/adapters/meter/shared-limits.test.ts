import { randomUUID } from 'node:crypto';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { SharedLimits } from '../../../../core/catalog.ts';
import type { KeyLimits, KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';
import type { Charge, ChargeResult, Meter } from '../../../../core/metering/ports.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { activeKey, newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { watchItems } from '../watch-items.ts';

let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let users: UserRecords;
let meterOf: (limits?: SharedLimits) => Meter;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  table = openTable('records');
  records = createDynamoKeys(table);
  users = createDynamoUsers(table);
  meterOf = (limits) => createDynamoMeter(table, limits);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

const day = 86_400_000;
/** Each test of the ceiling has a day of its own, since all share the deployment's counters. */
let today = start;
beforeEach(() => {
  today += 7 * day;
});

async function newKey(limits: Partial<KeyLimits> = {}, parts: Partial<KeyRecord> = {}) {
  const key = await activeKey(records, { requestsPerDay: 1000, ...limits }, parts);
  await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
  return key;
}

const charge = (meter: Meter, apiKeyId: string, clientAddress = '192.0.2.1', now = today) =>
  meter.charge({ apiKeyId, requestId: randomUUID(), now, clientAddress });
const times = (count: number, work: () => Promise<ChargeResult>) =>
  Promise.all(Array.from({ length: count }, work));
const taken = (results: ChargeResult[]) => results.filter(({ outcome }) => outcome === 'charged').length;

async function charged(meter: Meter, apiKeyId: string, clientAddress?: string): Promise<Charge> {
  const result = await charge(meter, apiKeyId, clientAddress);
  if (result.outcome !== 'charged') throw new Error(`not charged: ${result.outcome}`);
  return result.charge;
}
const settle = (meter: Meter, of: Charge, costNanoDollars: number, now = today) =>
  meter.settle({
    charge: of,
    model: 'nova-lite',
    usage: { input: 1, output: 1, cachedInput: 0, cacheWriteInput: 0, cacheWriteHourInput: 0, reasoning: 0 },
    mark: 'metered',
    costNanoDollars,
    now,
  });

async function usedOf({ apiKeyId }: { apiKeyId: string }): Promise<number> {
  const Key = { pk: `APIKEY#${apiKeyId}`, sk: 'METER' };
  const item = (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item ?? {};
  return Number(item[`day-${new Date(today).toISOString().slice(0, 10)}`] ?? 0);
}

async function sharedCounters(): Promise<Record<string, unknown>[]> {
  const scan = new ScanCommand({
    TableName: 'records',
    FilterExpression: 'begins_with(pk, :pk) AND contains(sk, :date)',
    ExpressionAttributeValues: { ':pk': 'LIMIT#', ':date': new Date(today).toISOString().slice(0, 10) },
  });
  return (await table.documents.send(scan)).Items ?? [];
}

describe('limits per client address', () => {
  test('of 60 concurrent calls each of two addresses gets its own limit, and the key counts those let in', async () => {
    const meter = meterOf();
    const key = await newKey({ perClient: { requestsPerDay: 7 } });
    const [one, two] = await Promise.all([
      times(30, () => charge(meter, key.apiKeyId, '192.0.2.1')),
      times(30, () => charge(meter, key.apiKeyId, '2001:db8::1')),
    ]);
    expect([taken(one), taken(two)]).toEqual([7, 7]);
    expect(await usedOf(key)).toBe(14);
    expect(one.find(({ outcome }) => outcome === 'exceeded')).toMatchObject({
      of: 'client',
      window: 'day',
      standing: { limit: 7, remaining: 0 },
    });
  });

  test('a call past the key’s limit counts nothing for its client address', async () => {
    const meter = meterOf();
    const key = await newKey({ requestsPerDay: 3, perClient: { requestsPerDay: 3 } });
    expect(taken(await times(6, () => charge(meter, key.apiKeyId, '192.0.2.1')))).toBe(3);
    expect(await charge(meter, key.apiKeyId, '192.0.2.2')).toMatchObject({
      outcome: 'exceeded',
      window: 'day',
    });
    expect((await sharedCounters()).map(({ used }) => used)).toEqual([3]);
  });

  test('of several full windows the longest is reported', async () => {
    const meter = meterOf();
    const key = await newKey({ perClient: { requestsPerDay: 2, requestsPerHour: 2, requestsPerMinute: 2 } });
    await times(2, () => charge(meter, key.apiKeyId));
    expect(await charge(meter, key.apiKeyId)).toMatchObject({ of: 'client', window: 'day' });
  });

  test('no address is stored in the table', async () => {
    const key = await newKey({ perClient: { requestsPerDay: 2 } });
    await charge(meterOf(), key.apiKeyId, '198.51.100.77');
    const counters = await sharedCounters();
    expect(counters).toHaveLength(1);
    expect(JSON.stringify(counters)).not.toContain('198.51.100.77');
    expect(Number(counters[0]?.ttl)).toBeGreaterThan(today / 1000 + 86_400);
  });

  test('a lost reply neither counts twice nor causes a refusal', async () => {
    const meter = meterOf();
    const key = await newKey({ requestsPerDay: 4, perClient: { requestsPerDay: 2 } });
    for (let call = 0; call < 2; call += 1) {
      aws.faults.replace([
        { service: 'dynamodb', operation: 'TransactWriteItems', kind: 'drop-reply', times: 1 },
      ]);
      expect((await charge(meter, key.apiKeyId)).outcome).toBe('charged');
    }
    expect(await usedOf(key)).toBe(2);
    expect((await sharedCounters()).map(({ used }) => used)).toEqual([2]);
  });

  test('a refund reaches the client address too, once', async () => {
    const meter = meterOf();
    const key = await newKey({ perClient: { requestsPerDay: 1 } });
    const first = await charged(meter, key.apiKeyId);
    await meter.refund(first);
    await meter.refund(first);
    expect(await usedOf(key)).toBe(0);
    expect(taken(await times(3, () => charge(meter, key.apiKeyId)))).toBe(1);
  });

  test('an unknown, revoked or expired key is refused alike', async () => {
    const meter = meterOf();
    const revoked = await newKey({ perClient: { requestsPerDay: 1 } });
    const expired = await newKey({ perClient: { requestsPerDay: 1 } }, { expiresAt: start });
    await records.end(revoked, 'revoked', start);
    for (const id of [revoked.apiKeyId, expired.apiKeyId]) {
      expect(await charge(meter, id)).toEqual({ outcome: 'unknown_key' });
    }
    expect(await sharedCounters()).toEqual([]);
  });
});

describe('a limit per user', () => {
  test('covers all keys of the user, under concurrent calls, and not those of others', async () => {
    const meter = meterOf({ perUser: { requestsPerDay: 9 } });
    const userId = newUserId();
    const keys = [await newKey({}, { userId }), await newKey({}, { userId })];
    const other = await newKey();
    const results = await Promise.all(keys.map((key) => times(20, () => charge(meter, key.apiKeyId))));
    expect(taken(results.flat())).toBe(9);
    const used = await Promise.all(keys.map(usedOf));
    expect(used.reduce((sum, count) => sum + count)).toBe(9);
    expect(results.flat().find(({ outcome }) => outcome === 'exceeded')).toMatchObject({ of: 'user' });
    expect((await charge(meter, other.apiKeyId)).outcome).toBe('charged');
  });

  test('follows the person: another account of the same address has what is left', async () => {
    const meter = meterOf({ perUser: { requestsPerDay: 3 } });
    const person = randomUUID();
    const [before, after] = [await newKey({}, { person }), await newKey({}, { person })];
    expect(before.userId).not.toBe(after.userId);
    expect(taken(await times(2, () => charge(meter, before.apiKeyId)))).toBe(2);
    expect(taken(await times(4, () => charge(meter, after.apiKeyId)))).toBe(1);
  });

  test('gives the key’s own standing, also for a rotated secret', async () => {
    const meter = meterOf({ perUser: { requestsPerMinute: 100 } });
    const key = await newKey({ requestsPerDay: 10, models: ['nova-lite'] });
    expect(await charged(meter, key.apiKeyId)).toMatchObject({
      models: ['nova-lite'],
      standing: { limit: 10, remaining: 9 },
    });
    const rotation = { valueHash: randomUUID(), last4: 'abcd', startedAt: today, graceEndsAt: today + day };
    await records.beginRotation(key, rotation);
    const apiKeyId = `gw${randomUUID().slice(0, 8)}`;
    await records.completeRotation({ ...key, meterId: key.apiKeyId }, rotation, apiKeyId);
    expect((await charged(meter, apiKeyId)).standing.remaining).toBe(8);
  });
});

describe('the ceiling', () => {
  test.each([1, 3, 8])(
    'in %p shards lets in exactly its number of calls, however they come',
    async (shards) => {
      const meter = meterOf({ ceiling: { requestsPerDay: 20, shards } });
      const keys = await Promise.all(Array.from({ length: 4 }, () => newKey()));
      const results = await Promise.all(keys.map((key) => times(12, () => charge(meter, key.apiKeyId))));
      expect(taken(results.flat())).toBe(20);
      const used = await Promise.all(keys.map(usedOf));
      expect(used.reduce((sum, count) => sum + count)).toBe(20);
      expect(results.flat().find(({ outcome }) => outcome === 'exceeded')).toMatchObject({
        of: 'deployment',
        window: 'day',
      });
      expect(await sharedCounters()).toHaveLength(shards);
    },
  );

  test('has no more shards than calls', async () => {
    const meter = meterOf({ ceiling: { requestsPerDay: 2, shards: 8 } });
    const key = await newKey();
    expect(taken(await times(10, () => charge(meter, key.apiKeyId)))).toBe(2);
  });

  test('a refund leaves room for one more', async () => {
    const meter = meterOf({ ceiling: { requestsPerDay: 5, shards: 3 } });
    const key = await newKey();
    const calls = await Promise.all(Array.from({ length: 5 }, () => charged(meter, key.apiKeyId)));
    expect((await charge(meter, key.apiKeyId)).outcome).toBe('exceeded');
    for (const call of calls.slice(0, 1)) await meter.refund(call);
    expect(taken(await times(3, () => charge(meter, key.apiKeyId)))).toBe(1);
  });
});

test('without such limits a charge is one write', async () => {
  const key = await newKey();
  const { table: watched, sent } = watchItems(table);
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const meter = createDynamoMeter(watched);
  const call = await charged(meter, key.apiKeyId);
  expect(sent).toEqual(['update']);
  await settle(meter, call, 1);
  // The call's line, and the settlement.
  expect(sent.slice(1)).toEqual(['put', 'update']);
});
