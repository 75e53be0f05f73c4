import { randomUUID } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { KeyLimits, KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';
import { type FenceStanding, mostLiftsPerDay } from '../../../../core/metering/fence.ts';
import type { Charge, Meter } from '../../../../core/metering/ports.ts';
import { noTokens } from '../../../../core/metering/token-usage.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { seededRandom } from '../../../faults/random.ts';
import { activeKey, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { sizeOf } from './item-size.ts';

let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let meter: Meter;
let users: UserRecords;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  table = openTable('records');
  users = createDynamoUsers(table);
  records = createDynamoKeys(table);
  meter = createDynamoMeter(table);
});
afterAll(() => aws.close());

const day = 86_400_000;
const newKey = (limits: Partial<KeyLimits> = {}) => activeKey(records, { requestsPerDay: 10, ...limits });

async function charged(apiKeyId: string, now = start): Promise<Charge> {
  const result = await meter.charge({ apiKeyId, requestId: randomUUID(), now });
  if (result.outcome !== 'charged') throw new Error(`not charged: ${result.outcome}`);
  return result.charge;
}
async function standingOf(apiKeyId: string): Promise<FenceStanding> {
  const { fence } = await charged(apiKeyId);
  if (fence === undefined) throw new Error('the fence was not counted');
  return fence;
}
const uncharged = (apiKeyId: string, now = start) => meter.countUncharged({ apiKeyId, now });

async function rotated(key: KeyRecord, now = start): Promise<KeyRecord> {
  const apiKeyId = `gw${randomUUID().slice(0, 8)}`;
  const rotation = { valueHash: randomUUID(), last4: 'abcd', startedAt: now, graceEndsAt: now + day };
  await records.beginRotation(key, rotation);
  const done = await records.completeRotation({ meterId: key.apiKeyId, ...key }, rotation, apiKeyId);
  if (done === undefined) throw new Error('the rotation did not complete');
  return done;
}

async function itemOf(apiKeyId: string): Promise<Record<string, unknown>> {
  const Key = { pk: `APIKEY#${apiKeyId}`, sk: 'METER' };
  return (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item ?? {};
}

describe('API Gateway’s count for a secret', () => {
  test('is every call of the day, charged or not', async () => {
    const { apiKeyId, userId, keyId } = await newKey();
    await charged(apiKeyId);
    await uncharged(apiKeyId);
    const refunded = await charged(apiKeyId);
    await meter.refund(refunded, 'm', 'refused');
    expect(await uncharged(apiKeyId)).toEqual({
      userId,
      keyId,
      apiKeyId,
      meterId: apiKeyId,
      usagePlanId: 'plan1',
      plan: '10-per-day',
      date: '2026-11-22',
      counted: 4,
      room: undefined,
      lifts: 0,
      left: 9,
    });
    expect(await uncharged(apiKeyId, start + day)).toMatchObject({
      date: '2026-11-23',
      counted: 1,
      left: 10,
    });
  });

  test('is kept for each secret, also of a rotated key', async () => {
    const key = await newKey();
    await charged(key.apiKeyId);
    const { apiKeyId: later = '' } = await rotated(key);
    expect(await uncharged(later)).toMatchObject({
      apiKeyId: later,
      meterId: key.apiKeyId,
      counted: 1,
      left: 9,
    });
    expect((await charged(later)).fence).toMatchObject({ apiKeyId: later, counted: 2, left: 8 });
    expect((await charged(key.apiKeyId)).fence).toMatchObject({ counted: 2, left: 7 });
  });

  test('begins anew on another plan', async () => {
    const key = await newKey();
    for (let call = 0; call < 3; call += 1) await charged(key.apiKeyId);
    const wanted = { id: 'c', plan: '20-per-day', startedAt: start };
    const change = await records.beginPlanChange(key, wanted, 1);
    if (typeof change === 'string') throw new Error(change);
    const what = { limits: { requestsPerDay: 20 }, changedAt: start, usagePlanId: 'plan2' };
    await records.completePlanChange({ ...key, meterId: key.apiKeyId }, change, what);
    expect((await charged(key.apiKeyId)).fence).toMatchObject({ usagePlanId: 'plan2', counted: 1, left: 16 });
  });

  test('is unknown for a key that doesn’t exist or has ended', async () => {
    expect(await uncharged('never-made')).toBeUndefined();
  });

  test('leaves nothing for a key whose tokens are used up', async () => {
    const { apiKeyId, userId } = await newKey({ tokensPerDay: 10 });
    await users.ensure({ userId, email: 'ada@example.com', createdAt: start });
    const charge = await charged(apiKeyId);
    const usage = {
      input: 10,
      output: 0,
      cachedInput: 0,
      cacheWriteInput: 0,
      cacheWriteHourInput: 0,
      reasoning: 0,
    };
    await meter.settle({ charge, model: 'm', usage, mark: 'metered', costNanoDollars: 0, now: start });
    expect(await uncharged(apiKeyId)).toMatchObject({ left: 0 });
  });
});

describe('a call that the fence hasn’t seen', () => {
  test.each([
    ['alone', {}],
    ['with limits of client addresses', { perClient: { requestsPerDay: 10 } }],
  ])('is counted by the gate, and not with what the fence has counted: key %s', async (_what, limits) => {
    const { apiKeyId } = await newKey({ requestsPerDay: 2, ...limits });
    const byLogin = { apiKeyId, unfenced: true as const, requestId: randomUUID(), now: start };
    const taken = await meter.charge(byLogin);
    expect(taken).toMatchObject({ outcome: 'charged', charge: { standing: { remaining: 1 } } });
    expect(taken).not.toHaveProperty('charge.fence');
    expect((await charged(apiKeyId)).fence).toMatchObject({ counted: 1, left: 0 });
    expect((await meter.charge(byLogin)).outcome).toBe('exceeded');
    await meter.countUncharged({ apiKeyId, unfenced: true, now: start, isFull: true });
    expect(await uncharged(apiKeyId)).toMatchObject({ counted: 2 });
    expect(await itemOf(apiKeyId)).toMatchObject({ 'day-2026-11-22': 2 });
  });

  test('shows the key’s last use, and doesn’t show that API Gateway lets it in', async () => {
    const { apiKeyId } = await newKey();
    const { createDynamoKeyMeters } = await import('../../../../lambda/adapters/meter/key-meters.ts');
    const read = async () => (await createDynamoKeyMeters(table).read([apiKeyId])).get(apiKeyId);
    await meter.charge({ apiKeyId, unfenced: true, requestId: randomUUID(), now: start });
    expect(await read()).toMatchObject({ lastUsedAt: start });
    expect(await read()).not.toHaveProperty('isLetIn');
    await charged(apiKeyId);
    expect(await read()).toMatchObject({ isLetIn: true });
  });
});

describe('a lift', () => {
  test('is claimed by one of many calls at once, and makes room from the present count on', async () => {
    const { apiKeyId } = await newKey();
    const standing = await standingOf(apiKeyId);
    await uncharged(apiKeyId);
    const claims = await Promise.all(Array.from({ length: 10 }, () => meter.claimLift(standing, 19)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await uncharged(apiKeyId)).toMatchObject({ counted: 3, room: 2 + 19, lifts: 1 });
  });

  test('can be claimed ten times a day, and no more', async () => {
    const { apiKeyId } = await newKey();
    for (let lift = 0; lift < mostLiftsPerDay; lift += 1) {
      const standing = await uncharged(apiKeyId);
      expect(standing && (await meter.claimLift(standing, 20))).toBe(true);
    }
    const standing = await uncharged(apiKeyId);
    expect(standing && (await meter.claimLift(standing, 20))).toBe(false);
    const tomorrow = await uncharged(apiKeyId, start + day);
    expect(tomorrow && (await meter.claimLift(tomorrow, 20))).toBe(true);
  });

  test('that failed leaves the fence where it was and is used up', async () => {
    const { apiKeyId } = await newKey();
    const standing = await standingOf(apiKeyId);
    await meter.claimLift(standing, 19);
    await meter.recordFailedLift(standing);
    expect(await uncharged(apiKeyId)).toMatchObject({ room: undefined, lifts: 1 });
  });

  test('can’t be claimed for an ended key', async () => {
    const key = await newKey();
    const standing = await standingOf(key.apiKeyId);
    await records.end(key, 'revoked', start);
    await records.release(key);
    expect(await meter.claimLift(standing, 19)).toBe(false);
    // Only the open call is left.
    expect(await itemOf(key.apiKeyId)).not.toHaveProperty('values');
  });
});

describe('the metering item is bounded', () => {
  test('to 2 kB, whatever a key is used for', async () => {
    const random = seededRandom(7);
    let key: KeyRecord = await newKey({
      requestsPerDay: 1_000_000,
      requestsPerHour: 1_000_000,
      requestsPerWeek: 5_000_000,
      requestsPerMonth: 9_000_000,
    });
    await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
    const meterId = key.apiKeyId ?? '';
    let largest = 0;
    let now = start;
    for (let event = 0; event < Number(process.env.DAYPASS_EVENTS ?? 1500); event += 1) {
      now += Math.floor(random() ** 3 * 120_000);
      key = await happen(key, now, random());
      if (event % 25 === 24) largest = Math.max(largest, sizeOf(await itemOf(meterId)));
    }
    expect(largest).toBeGreaterThan(300);
    expect(largest).toBeLessThan(2048);
  }, 3_600_000);

  /** One of the things that leave a trace on the item. */
  async function happen(key: KeyRecord, now: number, dice: number): Promise<KeyRecord> {
    const apiKeyId = key.apiKeyId ?? '';
    if (dice < 0.35) await uncharged(apiKeyId, now);
    else if (dice < 0.6) await meter.refund(await charged(apiKeyId, now), 'm', 'refused');
    else if (dice < 0.7) await meter.refund(await charged(apiKeyId, now), 'm', 'failed');
    else if (dice < 0.75) await charged(apiKeyId, now);
    else if (dice < 0.98) {
      const charge = await charged(apiKeyId, now);
      await meter.settle({ charge, model: 'm', usage: noTokens, mark: 'metered', costNanoDollars: 0, now });
    } else return rotated(key, now);
    return key;
  }

  test('and one that has grown far beyond that is tidied in steps that DynamoDB accepts', async () => {
    const key = await newKey({ requestsPerDay: 1_000_000 });
    // As it was left by a version that tidied after good calls alone: a window and an id for each minute.
    for (let call = 0; call < 790; call += 1) await charged(key.apiKeyId, start + call * 60_000);
    const later = start + 800 * 60_000;
    for (let call = 0; call < 20; call += 1) await uncharged(key.apiKeyId, later + call);
    const item = await itemOf(key.apiKeyId);
    expect(Object.keys(item).length).toBeLessThan(40);
    expect((item.charged as Set<string> | undefined)?.size ?? 0).toBeLessThan(13);
  });
});
