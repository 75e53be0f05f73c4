import { randomUUID } from 'node:crypto';
import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { SharedLimits } from '../../../../core/catalog.ts';
import type { KeyLimits, KeyRecords } from '../../../../core/keys/ports.ts';
import type { Meter } from '../../../../core/metering/ports.ts';
import { noTokens } from '../../../../core/metering/token-usage.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { activeKey, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { watchItems } from '../watch-items.ts';
import { sizeOf } from './item-size.ts';

let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let users: UserRecords;
let createMeter: typeof import('../../../../lambda/adapters/meter/dynamo-meter.ts').createDynamoMeter;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  ({ createDynamoMeter: createMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts'));
  table = openTable('records');
  records = createDynamoKeys(table);
  users = createDynamoUsers(table);
});
afterAll(() => aws.close());

/**
 * A meter whose write units are counted, as DynamoDB bills them: an item is below 1 KB, counts twice in a transaction, and
 * a call's line once more in the index of all calls.
 */
function countedMeter(limits: SharedLimits, keepDays: number): { meter: Meter; units(): number } {
  let units = 0;
  const { items } = table;
  const counted: Table = {
    ...table,
    items: {
      ...items,
      update(input) {
        units += 1;
        return items.update(input);
      },
      put(input) {
        units += 2;
        return items.put(input);
      },
      transactWrite(input) {
        units += 2 * (input.TransactItems?.length ?? 0);
        return items.transactWrite(input);
      },
    },
  };
  const take = () => {
    const taken = units;
    units = 0;
    return taken;
  };
  return { meter: createMeter(counted, limits, undefined, { keepDays }), units: take };
}

/** The table in docs/metering.md. */
test.each<[what: string, key: Partial<KeyLimits>, limits: SharedLimits, charge: number, settlement: number]>([
  ['the key’s own windows', {}, {}, 1, 1],
  ['tokens of the key a day', { tokensPerDay: 5000 }, {}, 1, 1],
  ['dollars of the key a day and a month', { spendPerDay: 5, spendPerMonth: 50 }, {}, 1, 1],
  ['dollars of each user in one window', {}, { perUser: { spendPerDay: 5 } }, 2, 4],
  ['dollars of each user in two', {}, { perUser: { spendPerDay: 5, spendPerMonth: 50 } }, 2, 6],
  ['a ceiling a day', {}, { ceiling: { spendPerDay: 50, shards: 8 } }, 1, 1],
  ['ceilings a day and a month', {}, { ceiling: { spendPerDay: 50, spendPerMonth: 500, shards: 8 } }, 1, 1],
  [
    'all of them',
    { spendPerDay: 5 },
    {
      perUser: { spendPerDay: 5, spendPerMonth: 50 },
      ceiling: { spendPerDay: 50, spendPerMonth: 500, shards: 8 },
    },
    2,
    6,
  ],
])(
  'with %s, a charge and a settlement cost the write units that are documented',
  async (_what, limits, shared, charge, settlement) => {
    const key = await activeKey(records, { requestsPerDay: 100, ...limits });
    await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
    const call = callOf(key.apiKeyId, shared);
    expect(await call(start)).toEqual([charge, settlement]);
    expect(await call(start + 60_000)).toEqual([charge, settlement]);
    const listed = callOf(key.apiKeyId, shared, { keepDays: 30 });
    expect(await listed(start + 120_000)).toEqual([charge, settlement + 2]);
  },
);

test('a call that costs a noticeable part of the ceiling is added to it at once', async () => {
  const key = await activeKey(records, { requestsPerDay: 100 });
  const ceiling = { spendPerDay: 50, shards: 8 };
  const call = callOf(key.apiKeyId, { ceiling }, { costNanoDollars: 5_000_000 });
  expect(await call(start)).toEqual([1, 4]);
});

test('a day’s first call moves the day before into its row', async () => {
  const key = await activeKey(records, { requestsPerDay: 100 });
  const call = callOf(key.apiKeyId, {});
  await call(start);
  expect(await call(start + 86_400_000)).toEqual([1, 1 + 4]);
  expect(await call(start + 86_400_000)).toEqual([1, 1]);
});

test('a chat costs the same at the end of its quota, and makes two calls', async () => {
  const key = await activeKey(records, { requestsPerDay: 1000 });
  const call = callOf(key.apiKeyId, {});
  expect(await call(start)).toEqual([1, 1]);
  await table.items.update({
    TableName: table.name,
    Key: { pk: `APIKEY#${key.apiKeyId}`, sk: 'METER' },
    UpdateExpression: 'SET #day = :used',
    ExpressionAttributeNames: { '#day': 'day-2026-11-22' },
    ExpressionAttributeValues: { ':used': 990 },
  });
  const { table: watched, sent } = watchItems(table);
  const meter = createMeter(watched, { ceiling: { spendPerDay: 50, shards: 8 } }, undefined, { keepDays: 0 });
  const near = callOf(key.apiKeyId, {});
  expect(await near(start)).toEqual([1, 1]);
  const result = await meter.charge({ apiKeyId: key.apiKeyId, requestId: 'r', now: start });
  if (result.outcome !== 'charged') throw new Error('not charged');
  // What costs something is added to the ceiling by lot, which would be a third call now and then.
  const settled = { model: 'nova-lite', usage: noTokens, mark: 'metered', costNanoDollars: 0 } as const;
  await meter.settle({ charge: result.charge, ...settled, now: start });
  // The sum of the ceiling is read once in ten seconds.
  expect(sent).toEqual(['batchGet', 'update', 'update']);
});

test('an item with all kinds of limits, a call a minute and three open calls takes one unit', async () => {
  const key = await activeKey(
    records,
    { requestsPerDay: 10_000, requestsPerMonth: 200_000, tokensPerDay: 50_000_000, spendPerMonth: 50 },
    { person: 'p'.repeat(64), plan: '10000-requests-per-day' },
  );
  const { meter } = countedMeter({}, 0);
  for (let call = 0; call < 43; call += 1) {
    const now = start + Math.min(call, 40) * 60_000;
    const result = await meter.charge({ apiKeyId: key.apiKeyId, requestId: 'r', now });
    if (result.outcome !== 'charged') throw new Error('not charged');
    const usage = { ...noTokens, input: 12_345, output: 45_678, cachedInput: 1_234 };
    const settled = { charge: result.charge, model: 'nova-lite', usage, mark: 'metered', now } as const;
    if (call < 40) await meter.settle({ ...settled, costNanoDollars: 12_345_678 });
  }
  const Key = { pk: `APIKEY#${key.apiKeyId}`, sk: 'METER' };
  const { Item = {} } = await table.items.get({ TableName: table.name, Key });
  expect((Item.charged as Set<string>).size).toBe(3);
  expect(sizeOf(Item)).toBeLessThan(1024);
});

/** @returns the units of a charge and of its settlement. By default a call that costs next to nothing, and is not listed. */
function callOf(
  apiKeyId: string,
  limits: SharedLimits,
  { keepDays = 0, costNanoDollars = 0 }: { keepDays?: number; costNanoDollars?: number } = {},
) {
  const { meter, units } = countedMeter(limits, keepDays);
  return async (now: number) => {
    const result = await meter.charge({ apiKeyId, requestId: randomUUID(), now });
    if (result.outcome !== 'charged') throw new Error(`not charged: ${result.outcome}`);
    const charged = units();
    const usage = { ...noTokens, input: 10 };
    const settled = { charge: result.charge, model: 'nova-lite', usage, mark: 'metered', now } as const;
    await meter.settle({ ...settled, costNanoDollars });
    return [charged, units()];
  };
}
