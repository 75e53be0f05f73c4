import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { SharedLimits } from '../../../../core/catalog.ts';
import type { KeyLimits, KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';
import type { Charge, ChargeResult, Meter } from '../../../../core/metering/ports.ts';
import { noTokens } from '../../../../core/metering/token-usage.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { activeKey, endKey, newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

const cent = 10_000_000;
const day = 86_400_000;
let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let users: UserRecords;
let meterOf: (limits?: SharedLimits) => Meter;
let readUserStandings: typeof import('../../../../lambda/adapters/meter/user-limits.ts').readUserStandings;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  ({ readUserStandings } = await import('../../../../lambda/adapters/meter/user-limits.ts'));
  table = openTable('records');
  records = createDynamoKeys(table);
  users = createDynamoUsers(table);
  meterOf = (limits = {}) => createDynamoMeter(table, limits);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

async function newKey(limits: Partial<KeyLimits> = {}, parts: Partial<KeyRecord> = {}) {
  const key = await activeKey(records, { requestsPerDay: 100, ...limits }, parts);
  await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
  return key;
}
const charge = (meter: Meter, { apiKeyId }: { apiKeyId: string }, now = start) =>
  meter.charge({ apiKeyId, requestId: randomUUID(), now, clientAddress: '192.0.2.1' });

async function charged(meter: Meter, key: { apiKeyId: string }, now = start): Promise<Charge> {
  const result = await charge(meter, key, now);
  if (result.outcome !== 'charged') throw new Error(`not charged: ${result.outcome}`);
  return result.charge;
}
const settle = (meter: Meter, of: Charge, costNanoDollars: number, now = start) =>
  meter.settle({ charge: of, model: 'nova-lite', usage: noTokens, mark: 'metered', costNanoDollars, now });
const spend = async (meter: Meter, key: { apiKeyId: string }, costNanoDollars: number, now = start) =>
  settle(meter, await charged(meter, key, now), costNanoDollars, now);
const fullOf = (result: ChargeResult) =>
  result.outcome === 'exceeded' ? `${result.of ?? 'key'} ${result.unit} ${result.window}` : result.outcome;

describe('a key’s limit in dollars', () => {
  test('lets calls in until what they cost has reached it, and then none until the day ends', async () => {
    const meter = meterOf();
    const key = await newKey({ spendPerDay: 0.03 });
    await spend(meter, key, cent);
    await spend(meter, key, 2 * cent - 1);
    await spend(meter, key, 1);
    expect(await charge(meter, key)).toMatchObject({
      outcome: 'exceeded',
      unit: 'dollars',
      window: 'day',
      standing: { limit: 0.03, remaining: 0, resetsAt: Date.parse('2026-11-23T00:00:00Z') },
      day: { limit: 100, remaining: 97 },
    });
    expect(fullOf(await charge(meter, key, start + day))).toBe('charged');
  });

  test('of a month outlasts the day', async () => {
    const meter = meterOf();
    const key = await newKey({ spendPerDay: 0.02, spendPerMonth: 0.03 });
    await spend(meter, key, 2 * cent);
    expect(fullOf(await charge(meter, key))).toBe('key dollars day');
    await spend(meter, key, cent, start + day);
    expect(fullOf(await charge(meter, key, start + 2 * day))).toBe('key dollars month');
    expect(fullOf(await charge(meter, key, Date.parse('2026-12-01T00:00:00Z')))).toBe('charged');
  });

  test('sums billionths of a dollar without error, and each call once', async () => {
    const meter = meterOf();
    const key = await newKey({ spendPerDay: 1 });
    for (let call = 0; call < 30; call += 1) {
      const made = await charged(meter, key);
      aws.faults.replace([
        { service: 'dynamodb', operation: 'TransactWriteItems', kind: 'drop-reply', times: 1 },
      ]);
      await settle(meter, made, 1_000_001);
      await settle(meter, made, 1_000_001);
    }
    const Key = { pk: `APIKEY#${key.apiKeyId}`, sk: 'METER' };
    const item = (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item;
    expect(item?.['spend-2026-11-22']).toBe(0.03000003);
    expect(item?.['spendmonth-2026-11']).toBe(0.03000003);
  });

  test('is told with each charge, by the window with the smallest share left', async () => {
    const meter = meterOf();
    const key = await newKey({ spendPerDay: 1, spendPerMonth: 2 });
    await spend(meter, key, 50 * cent);
    expect((await charged(meter, key)).spend).toMatchObject({ limit: 1, remaining: 0.5 });
    expect((await charged(meter, await newKey())).spend).toBeUndefined();
  });

  test('stays with the place of an ended key, also for a call that ends after it', async () => {
    const meter = meterOf();
    const person = randomUUID();
    const key = await newKey({ spendPerDay: 0.02 }, { person });
    const running = await charged(meter, key);
    await spend(meter, key, cent);
    await endKey(records, key);
    await settle(meter, running, cent);
    const Key = { pk: `PERSON#${person}`, sk: `PLACE#${key.plan}#${key.slot}` };
    const place = (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item;
    expect(place).toMatchObject({ 'spend-2026-11-22': 0.02, 'spendmonth-2026-11': 0.02 });
  });

  test('costs no write for a key without one', async () => {
    const meter = meterOf();
    const key = await newKey();
    await spend(meter, key, cent);
    const Key = { pk: `APIKEY#${key.apiKeyId}`, sk: 'METER' };
    const item = (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item ?? {};
    expect(Object.keys(item).filter((name) => name.startsWith('spend'))).toEqual([]);
  });
});

describe('a user’s limit in dollars', () => {
  const limits: SharedLimits = { perUser: { spendPerDay: 0.02, spendPerMonth: 0.03 } };
  const twoKeys = async () => {
    const owner = { userId: newUserId(), person: randomUUID() };
    return [
      owner.person,
      await newKey({}, owner),
      await newKey({}, { ...owner, plan: '20-per-day' }),
    ] as const;
  };

  test('holds for all their keys together, and for nobody else’s', async () => {
    const meter = meterOf(limits);
    const [person, one, other] = await twoKeys();
    await spend(meter, one, cent);
    await spend(meter, other, cent);
    expect((await Promise.all([one, other].map((key) => charge(meter, key)))).map(fullOf)).toEqual([
      'user dollars day',
      'user dollars day',
    ]);
    expect(fullOf(await charge(meter, await newKey({}, { person: randomUUID() })))).toBe('charged');
    expect(await readUserStandings(table, limits.perUser ?? {}, person, start)).toEqual([
      { unit: 'dollars', kind: 'day', standing: expect.objectContaining({ limit: 0.02, remaining: 0 }) },
      { unit: 'dollars', kind: 'month', standing: expect.objectContaining({ limit: 0.03, remaining: 0.01 }) },
    ]);
    await spend(meter, one, cent, start + day);
    expect(fullOf(await charge(meter, other, start + 2 * day))).toBe('user dollars month');
  });

  test('charges nothing that it refuses, and tells with each charge what is left', async () => {
    const meter = meterOf(limits);
    const [, one] = await twoKeys();
    const first = await charged(meter, one);
    expect(first.shared?.spend).toMatchObject({ remaining: 0.02 });
    await settle(meter, first, 3 * cent);
    expect(await charge(meter, one)).toMatchObject({
      of: 'user',
      unit: 'dollars',
      standing: { limit: 0.03, remaining: 0 },
      day: { remaining: 99 },
    });
  });

  test('tells a key that has ended nothing', async () => {
    const meter = meterOf(limits);
    const [, one] = await twoKeys();
    await spend(meter, one, 3 * cent);
    await records.end(one, 'revoked', start);
    expect(fullOf(await charge(meter, one))).toBe('unknown_key');
  });

  test('is not passed by when it can’t be read', async () => {
    const meter = meterOf(limits);
    const [, one] = await twoKeys();
    aws.faults.replace([{ service: 'dynamodb', operation: 'BatchGetItem', kind: 'error' }]);
    await expect(charge(meter, one)).rejects.toThrow();
    aws.faults.replace([]);
    expect((await charged(meter, one)).standing.remaining).toBe(99);
  });
});

test('the deployment’s month is a ceiling beside its day', async () => {
  const ceiling = { spendPerDay: 0.02, spendPerMonth: 0.03, shards: 2 };
  const key = await newKey();
  await spend(meterOf({ ceiling }), key, 2 * cent);
  expect(fullOf(await charge(meterOf({ ceiling }), key))).toBe('deployment requests day');
  await spend(meterOf({ ceiling }), key, cent, start + day);
  const refused = await charge(meterOf({ ceiling }), key, start + 2 * day);
  expect(fullOf(refused)).toBe('deployment requests month');
  expect(refused).toMatchObject({ standing: { resetsAt: Date.parse('2026-12-01T00:00:00Z') } });
});
