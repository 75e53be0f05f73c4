import { randomUUID } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { KeyLimits, KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';
import type { Charge, ChargeResult, Meter, Settlement } from '../../../../core/metering/ports.ts';
import type { UsageRecords } from '../../../../core/metering/usage.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { activeKey, endKey, start } from '../keys/some-keys.ts';
import { openPatientTable } from '../patient-table.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { watchItems } from '../watch-items.ts';
import { sizeOf } from './item-size.ts';

let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let meter: Meter;
let users: UserRecords;
let usageRecords: UsageRecords;

beforeAll(async () => {
  aws = await startTable();
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const { createDynamoUsage } = await import('../../../../lambda/adapters/meter/usage.ts');
  table = await openPatientTable('records');
  usageRecords = createDynamoUsage(table);
  records = createDynamoKeys(table);
  users = createDynamoUsers(table);
  meter = createDynamoMeter(table);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

const day = 86_400_000;
const noUsage = {
  input: 0,
  output: 0,
  cachedInput: 0,
  cacheWriteInput: 0,
  cacheWriteHourInput: 0,
  reasoning: 0,
};
const loseReply = (operation = 'UpdateItem', times = 1) =>
  aws.faults.replace([{ service: 'dynamodb', operation, kind: 'drop-reply', times }]);
/** As many as the SDK has attempts for one call. */
const everyAttempt = 3;

async function newKey(limits: Partial<KeyLimits> = {}, parts: Partial<KeyRecord> = {}) {
  const key = await activeKey(records, { requestsPerDay: 10, ...limits }, parts);
  await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
  return key;
}
const charge = (apiKeyId: string, now = start, requestId: string = randomUUID(), by = meter) =>
  by.charge({ apiKeyId, requestId, now });
const settle = (of: Charge, now = start, parts: Partial<Settlement> = {}, by = meter) =>
  by.settle({
    charge: of,
    model: 'nova-lite',
    usage: noUsage,
    mark: 'metered',
    costNanoDollars: 0,
    now,
    ...parts,
  });

async function charged(apiKeyId: string, now = start, requestId?: string, by = meter): Promise<Charge> {
  const result = await charge(apiKeyId, now, requestId, by);
  if (result.outcome !== 'charged') throw new Error(`not charged: ${result.outcome}`);
  return result.charge;
}

async function itemOf(apiKeyId: string): Promise<Record<string, unknown>> {
  const Key = { pk: `APIKEY#${apiKeyId}`, sk: 'METER' };
  return (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item ?? {};
}
const usedOn = async (apiKeyId: string, date = '2026-11-22') => (await itemOf(apiKeyId))[`day-${date}`] ?? 0;

describe('a charge', () => {
  test('of 200 concurrent ones on a plan of 10, exactly 10 are taken, and the refusals give the reset', async () => {
    const key = await newKey();
    const results = await Promise.all(Array.from({ length: 200 }, () => charge(key.apiKeyId)));
    const taken = results.filter((result) => result.outcome === 'charged');
    const remaining = taken.map((result) =>
      result.outcome === 'charged' ? result.charge.standing.remaining : -1,
    );
    expect(remaining.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const refused = results.filter((result) => result.outcome !== 'charged');
    expect(refused).toEqual(
      Array(190).fill({
        outcome: 'exceeded',
        unit: 'requests',
        window: 'day',
        standing: { limit: 10, remaining: 0, resetsAt: Date.parse('2026-11-23T00:00:00Z') },
        day: { limit: 10, remaining: 0, resetsAt: Date.parse('2026-11-23T00:00:00Z') },
        userId: key.userId,
        keyId: key.keyId,
      }),
    );
    expect(await usedOn(key.apiKeyId)).toBe(10);
  });

  test('says whose it is and what the key may do', async () => {
    const key = await newKey({ models: ['nova-lite'] });
    expect(await charged(key.apiKeyId)).toMatchObject({
      meterId: key.apiKeyId,
      userId: key.userId,
      keyId: key.keyId,
      plan: key.plan,
      models: ['nova-lite'],
      standing: { limit: 10, remaining: 9 },
    });
    expect((await itemOf(key.apiKeyId)).lastUsedAt).toBe(start);
  });

  test('is taken for each call, however many share one request id, which callers can choose', async () => {
    const key = await newKey({ requestsPerDay: 3 });
    const requestId = 'aaaaaaaa-1111-4111-8111-111111111111';
    const results = await Promise.all(
      Array.from({ length: 20 }, () => charge(key.apiKeyId, start, requestId)),
    );
    const taken = results.flatMap((result) => (result.outcome === 'charged' ? [result.charge] : []));
    expect(taken).toHaveLength(3);
    expect(new Set(taken.map(({ chargeId }) => chargeId)).size).toBe(3);
    expect(await usedOn(key.apiKeyId)).toBe(3);
  });

  test('is taken once if its reply is lost, even the last one of the day', async () => {
    const key = await newKey({ requestsPerDay: 2 });
    for (const remaining of [1, 0]) {
      loseReply();
      expect((await charged(key.apiKeyId)).standing.remaining).toBe(remaining);
    }
    expect(await usedOn(key.apiKeyId)).toBe(2);
    expect((await charge(key.apiKeyId)).outcome).toBe('exceeded');
  });

  test('of an unknown, revoked or expired key is refused alike', async () => {
    const revoked = await newKey();
    await endKey(records, revoked, 'revoked', start);
    const expired = await newKey({}, { expiresAt: start });
    for (const apiKeyId of ['never-made', revoked.apiKeyId, expired.apiKeyId]) {
      expect(await charge(apiKeyId)).toEqual({ outcome: 'unknown_key' });
    }
  });

  test('is taken until the millisecond before the key expires', async () => {
    const key = await newKey({}, { expiresAt: start + 1000 });
    expect((await charge(key.apiKeyId, start + 999)).outcome).toBe('charged');
    expect((await charge(key.apiKeyId, start + 1000)).outcome).toBe('unknown_key');
  });

  test('after revocation none of those under way is taken any more', async () => {
    const key = await newKey({ requestsPerDay: 1000 });
    await Promise.all([
      endKey(records, key, 'revoked', start),
      ...Array.from({ length: 50 }, () => charge(key.apiKeyId).catch(() => undefined)),
    ]);
    const after = await Promise.all(Array.from({ length: 50 }, () => charge(key.apiKeyId)));
    expect(after).toEqual(Array(50).fill({ outcome: 'unknown_key' }));
  });
});

describe('windows', () => {
  const outcomes = (results: ChargeResult[]) =>
    results.map((result) => (result.outcome === 'exceeded' ? result.window : result.outcome));

  test('a full minute refuses until it ends', async () => {
    const key = await newKey({ requestsPerMinute: 2 });
    const now = Date.parse('2026-11-22T10:05:30Z');
    await charged(key.apiKeyId, now);
    await charged(key.apiKeyId, now);
    expect(await charge(key.apiKeyId, now)).toMatchObject({
      outcome: 'exceeded',
      window: 'minute',
      standing: { limit: 2, remaining: 0, resetsAt: Date.parse('2026-11-22T10:06:00Z') },
    });
    expect((await charge(key.apiKeyId, Date.parse('2026-11-22T10:06:00Z'))).outcome).toBe('charged');
  });

  test('a full hour refuses until it ends', async () => {
    const key = await newKey({ requestsPerHour: 1 });
    const now = Date.parse('2026-11-22T10:59:59.999Z');
    await charged(key.apiKeyId, now);
    expect(await charge(key.apiKeyId, now)).toMatchObject({
      window: 'hour',
      standing: { limit: 1, resetsAt: now + 1 },
    });
    expect((await charge(key.apiKeyId, now + 1)).outcome).toBe('charged');
  });

  test('of several full windows the longest is reported, since waiting for a shorter one would be in vain', async () => {
    const key = await newKey({ requestsPerDay: 3, requestsPerHour: 3, requestsPerMinute: 3 });
    for (let call = 0; call < 3; call += 1) await charged(key.apiKeyId);
    expect(outcomes([await charge(key.apiKeyId)])).toEqual(['day']);
  });

  test.each([
    // The week began within November and ends after it.
    ['2026-11-30T12:00:00Z', 'week', '2026-12-07T00:00:00Z', '2026-12-01T00:00:00Z'],
    // The month ends after the week.
    ['2026-11-26T12:00:00Z', 'month', '2026-12-01T00:00:00Z', '2026-11-30T00:00:00Z'],
  ])(
    'of a full week and a full month at %s the %s is reported, which ends last',
    async (at, window, end, sooner) => {
      const key = await newKey({ requestsPerWeek: 2, requestsPerMonth: 2 });
      const now = Date.parse(at);
      for (let call = 0; call < 2; call += 1) await charged(key.apiKeyId, now);
      const told = { window, standing: { limit: 2, remaining: 0, resetsAt: Date.parse(end) } };
      expect(await charge(key.apiKeyId, now)).toMatchObject({ ...told, day: { limit: 10, remaining: 8 } });
      expect(await charge(key.apiKeyId, Date.parse(sooner))).toMatchObject(told);
      expect(await charge(key.apiKeyId, Date.parse(end) - 1)).toMatchObject(told);
      expect((await charge(key.apiKeyId, Date.parse(end))).outcome).toBe('charged');
    },
  );

  test('a full day within a week that has room refuses until midnight, and counts in the week', async () => {
    const key = await newKey({ requestsPerDay: 2, requestsPerWeek: 3 });
    const tuesday = Date.parse('2026-11-24T10:00:00Z');
    const taken = [await charged(key.apiKeyId, tuesday), await charged(key.apiKeyId, tuesday)];
    expect(taken.map(({ fence }) => fence?.left)).toEqual([1, 0]);
    expect(outcomes([await charge(key.apiKeyId, tuesday)])).toEqual(['day']);
    // The fence is told that nothing is left of this day, since nothing is left of the week.
    expect((await charged(key.apiKeyId, tuesday + day)).fence?.left).toBe(0);
    expect(outcomes([await charge(key.apiKeyId, tuesday + day)])).toEqual(['week']);
  });

  test('a refund reaches the week and the month', async () => {
    const key = await newKey({ requestsPerWeek: 1, requestsPerMonth: 1 });
    await meter.refund(await charged(key.apiKeyId), 'nova-lite', 'refused');
    await charged(key.apiKeyId);
    expect((await charge(key.apiKeyId)).outcome).toBe('exceeded');
  });

  test('a refused call counts in no window', async () => {
    const key = await newKey({ requestsPerMinute: 1 });
    const results: ChargeResult[] = [];
    for (let call = 0; call < 5; call += 1) results.push(await charge(key.apiKeyId));
    expect(outcomes(results)).toEqual(['charged', 'minute', 'minute', 'minute', 'minute']);
    expect(await usedOn(key.apiKeyId)).toBe(1);
  });

  test('across midnight each day has its own plan, and neither lends to the other', async () => {
    const key = await newKey();
    const midnight = Date.parse('2026-11-23T00:00:00Z');
    const times = Array.from({ length: 100 }, (_, at) => midnight + (at % 2 === 0 ? -1 : 0));
    const results = await Promise.all(times.map((now) => charge(key.apiKeyId, now)));
    const taken = results.flatMap((result, at) => (result.outcome === 'charged' ? [times[at]] : []));
    expect(taken.filter((time) => time === midnight - 1)).toHaveLength(10);
    expect(taken.filter((time) => time === midnight)).toHaveLength(10);
    const resets = results.flatMap((result) =>
      result.outcome === 'exceeded' ? [result.standing.resetsAt] : [],
    );
    expect(new Set(resets)).toEqual(new Set([midnight, midnight + day]));
  });
});

describe('a refund', () => {
  test('is given once, however often it is asked for', async () => {
    const key = await newKey({ requestsPerDay: 2 });
    await charged(key.apiKeyId);
    const second = await charged(key.apiKeyId);
    await meter.refund(second);
    await meter.refund(second);
    expect(await usedOn(key.apiKeyId)).toBe(1);
    expect((await charge(key.apiKeyId)).outcome).toBe('charged');
    expect((await charge(key.apiKeyId)).outcome).toBe('exceeded');
  });

  test('is given once if its reply is lost', async () => {
    const key = await newKey();
    const taken = await charged(key.apiKeyId);
    loseReply();
    await meter.refund(taken);
    expect(await usedOn(key.apiKeyId)).toBe(0);
  });

  test('is given once if its write gets no reply at all', async () => {
    const key = await newKey();
    const taken = await charged(key.apiKeyId);
    loseReply('UpdateItem', everyAttempt);
    await meter.refund(taken);
    expect(await usedOn(key.apiKeyId)).toBe(0);
    expect(await ledgerOf(key)).toHaveLength(1);
  });

  test('goes to the windows that the call was counted in, also after midnight', async () => {
    const key = await newKey({ requestsPerDay: 1 });
    const taken = await charged(key.apiKeyId, Date.parse('2026-11-22T23:59:59.999Z'));
    await charged(key.apiKeyId, Date.parse('2026-11-23T00:00:00Z'));
    await meter.refund(taken);
    expect(await usedOn(key.apiKeyId, '2026-11-22')).toBe(0);
    expect(await usedOn(key.apiKeyId, '2026-11-23')).toBe(1);
  });

  test('reaches the day even if the minute has been tidied away meanwhile', async () => {
    const key = await newKey({ requestsPerDay: 100 });
    const first = Date.parse('2026-11-22T10:00:50Z');
    // Old minutes, more than are tolerated.
    for (let minute = 20; minute > 1; minute -= 1) await charged(key.apiKeyId, first - minute * 60_000);
    const slow = await charged(key.apiKeyId, first);
    const later = first + 7 * 60_000;
    await settle(await charged(key.apiKeyId, later), later);
    expect(await itemOf(key.apiKeyId)).not.toHaveProperty(['minute-2026-11-22T10:00']);
    await meter.refund(slow);
    expect(await usedOn(key.apiKeyId)).toBe(20);
  });

  test('is given for a call that ran for ten minutes', async () => {
    const key = await newKey({ requestsPerDay: 100 });
    const slow = await charged(key.apiKeyId);
    // Enough others to have their ids forgotten.
    for (let minute = 1; minute <= 10; minute += 1) {
      const now = start + minute * 60_000;
      await settle(await charged(key.apiKeyId, now), now);
      await settle(await charged(key.apiKeyId, now), now);
    }
    expect((await itemOf(key.apiKeyId)).charged).toEqual(new Set([slow.chargeId]));
    await meter.refund(slow);
    await meter.refund(slow);
    expect(await usedOn(key.apiKeyId)).toBe(20);
  });

  test('is never given for a settled call, and a refunded call is never settled', async () => {
    const key = await newKey();
    const [settled, refunded] = [await charged(key.apiKeyId), await charged(key.apiKeyId)];
    await settle(settled);
    await meter.refund(settled);
    await meter.refund(refunded);
    await settle(refunded);
    expect(await usedOn(key.apiKeyId)).toBe(1);
    expect((await ledgerOf(key)).map(({ mark }) => mark).sort()).toEqual(['metered', 'refunded']);
  });

  test('is given as often a day as the plan has requests, and not after that', async () => {
    const key = await newKey({ requestsPerDay: 3 });
    for (let call = 0; call < 3; call += 1) await meter.refund(await charged(key.apiKeyId), 'nova-lite');
    const fourth = await charged(key.apiKeyId);
    await meter.refund(fourth, 'nova-lite');
    expect(await usedOn(key.apiKeyId)).toBe(1);
    const line = (await ledgerOf(key)).find(({ sk }) => String(sk).endsWith(fourth.chargeId));
    expect(line).toMatchObject({ mark: 'estimated', model: 'nova-lite', inputTokens: 0 });
    // The next day has refunds of its own.
    await meter.refund(await charged(key.apiKeyId, start + day));
    expect(await usedOn(key.apiKeyId, '2026-11-23')).toBe(0);
  });

  test('of a call refused before a model was asked is always given, and doesn’t count towards that number', async () => {
    const key = await newKey({ requestsPerDay: 2 });
    for (let call = 0; call < 5; call += 1) {
      await meter.refund(await charged(key.apiKeyId), 'nova-lite', 'refused');
    }
    for (let call = 0; call < 2; call += 1) await meter.refund(await charged(key.apiKeyId));
    expect(await usedOn(key.apiKeyId)).toBe(0);
  });

  test('to a revoked key does nothing', async () => {
    const key = await newKey();
    const taken = await charged(key.apiKeyId);
    await endKey(records, key, 'revoked', start);
    await meter.refund(taken);
    expect(await itemOf(key.apiKeyId)).toEqual({});
  });
});

describe('the metering item', () => {
  test('stays within one write unit through 500 charges in many minutes', async () => {
    const key = await newKey({ requestsPerDay: 1000, requestsPerHour: 1000, requestsPerMinute: 1000 });
    let largest = 0;
    for (let call = 0; call < 500; call += 1) {
      const now = start + call * 20_000;
      await settle(await charged(key.apiKeyId, now), now);
      if (call % 10 === 9) largest = Math.max(largest, sizeOf(await itemOf(key.apiKeyId)));
    }
    expect(largest).toBeGreaterThan(100);
    expect(largest).toBeLessThan(1024);
    expect(await usedOn(key.apiKeyId)).toBe(500);
  }, 30_000);

  test('is not recreated by a call that ends after its key was revoked', async () => {
    const key = await newKey({ requestsPerDay: 100 });
    for (let minute = 0; minute < 20; minute += 1) await charged(key.apiKeyId, start + minute * 60_000);
    const last = await charged(key.apiKeyId, start + 30 * 60_000);
    await endKey(records, key, 'revoked', start + 31 * 60_000);
    await settle(last, start + 31 * 60_000);
    const left = ['pk', 'sk', 'status', 'ttl', 'charged'];
    expect(Object.keys(await itemOf(key.apiKeyId)).filter((name) => !left.includes(name))).toEqual([]);
    expect(await charge(key.apiKeyId, start)).toEqual({ outcome: 'unknown_key' });
  });
});

describe('tokens a day', () => {
  const usage = {
    input: 40,
    output: 50,
    cachedInput: 10,
    cacheWriteInput: 0,
    cacheWriteHourInput: 0,
    reasoning: 0,
  };

  test('are added at settlement and refuse the next call once they are used up', async () => {
    const key = await newKey({ tokensPerDay: 150 });
    const first = await charged(key.apiKeyId);
    expect(first.tokens).toEqual({ limit: 150, remaining: 150, resetsAt: start + 14 * 3_600_000 });
    await settle(first, start, { usage });
    const second = await charged(key.apiKeyId);
    expect(second.tokens?.remaining).toBe(50);
    await settle(second, start, { usage });
    expect(await charge(key.apiKeyId)).toMatchObject({
      outcome: 'exceeded',
      unit: 'tokens',
      window: 'day',
      standing: { limit: 150, remaining: -50 },
      day: { limit: 10, remaining: 8 },
    });
    expect(await usedOn(key.apiKeyId)).toBe(2);
    expect((await charged(key.apiKeyId, start + day)).tokens?.remaining).toBe(150);
  });

  test('are counted once per call, also if the reply to its settlement is lost', async () => {
    const key = await newKey({ tokensPerDay: 1000 });
    const taken = await charged(key.apiKeyId);
    loseReply();
    await settle(taken, start, { usage });
    await settle(taken, start, { usage });
    expect((await charged(key.apiKeyId)).tokens?.remaining).toBe(900);
  });

  test('of a key revoked meanwhile are recorded as usage, and its metering item does not come back', async () => {
    const key = await newKey({ tokensPerDay: 1000 });
    const taken = await charged(key.apiKeyId);
    await endKey(records, key, 'revoked', start);
    await settle(taken, start, { usage });
    expect(await itemOf(key.apiKeyId)).toEqual({});
    expect(await dayOf(key, '2026-11-22')).toMatchObject({ requests: 1, inputTokens: 40 });
  });

  test('are all counted when calls are charged and settled at the same time', async () => {
    const key = await newKey({ requestsPerDay: 100, tokensPerDay: 100_000 });
    const call = async () => settle(await charged(key.apiKeyId), start, { usage });
    await Promise.all(Array.from({ length: 30 }, call));
    const last = await charged(key.apiKeyId);
    expect(last.tokens?.remaining).toBe(97_000);
    expect(last.standing.remaining).toBe(69);
  });
});

/** The day in the usage that the user sees. */
async function dayOf(key: KeyRecord, date: string) {
  const { days } = await usageRecords.list({ userId: key.userId, from: date, to: date, limit: 10 });
  return days.find(({ keyId }) => keyId === key.keyId);
}

async function rowOf(key: KeyRecord, date: string) {
  const Key = { pk: `USER#${key.userId}`, sk: `USAGE#${date}#${key.keyId}` };
  return (await table.documents.send(new GetCommand({ TableName: 'records', Key }))).Item;
}

async function itemsOf(userId: string, prefix = '') {
  const query = new QueryCommand({
    TableName: 'records',
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
    ExpressionAttributeValues: { ':pk': `USER#${userId}`, ':sk': prefix },
  });
  return (await table.documents.send(query)).Items ?? [];
}
const ledgerOf = (key: KeyRecord) => itemsOf(key.userId, 'LEDGER#');

describe('usage', () => {
  test('has a row for each call, which expires', async () => {
    const key = await newKey();
    const requestId = randomUUID();
    const taken = await charged(key.apiKeyId, start, requestId);
    await settle(taken, start + 2500, {
      usage: {
        input: 5,
        output: 7,
        cachedInput: 11,
        cacheWriteInput: 0,
        cacheWriteHourInput: 0,
        reasoning: 0,
      },
      costNanoDollars: 123,
      msToFirstToken: 400,
    });
    expect(await ledgerOf(key)).toEqual([
      {
        pk: `USER#${key.userId}`,
        sk: `LEDGER#2026-11-22T10:00:00.000Z#${taken.chargeId}`,
        requestId,
        keyId: key.keyId,
        callsOn: expect.stringMatching(/^2026-11-22#[0-3]$/),
        model: 'nova-lite',
        mark: 'metered',
        inputTokens: 5,
        outputTokens: 7,
        cachedTokens: 11,
        reasoningTokens: 0,
        costNanoDollars: 123,
        msToFirstToken: 400,
        endedAt: start + 2500,
        ttl: start / 1000 + 30 * 86_400,
      },
    ]);
  });

  test('counts a call once if the reply is lost or it is settled again', async () => {
    const key = await newKey();
    const taken = await charged(key.apiKeyId);
    loseReply();
    await settle(taken, start, { costNanoDollars: 100 });
    await settle(taken, start + 5000, { costNanoDollars: 999 });
    expect(await dayOf(key, '2026-11-22')).toMatchObject({ requests: 1, costNanoDollars: 100 });
  });

  test('counts a call once if the write that counted it got no reply', async () => {
    const key = await newKey();
    const taken = await charged(key.apiKeyId);
    loseReply('UpdateItem', everyAttempt);
    await settle(taken);
    expect(await dayOf(key, '2026-11-22')).toMatchObject({ requests: 1 });
    expect(await ledgerOf(key)).toHaveLength(1);
  });

  test('counts a call of a key that was revoked meanwhile', async () => {
    const key = await newKey();
    const taken = await charged(key.apiKeyId);
    await endKey(records, key, 'revoked', start);
    await settle(taken);
    expect(await dayOf(key, '2026-11-22')).toMatchObject({ requests: 1 });
  });

  test('brings back nothing of a deleted user', async () => {
    const [fresh, used] = [await newKey(), await newKey()];
    const ends = [await charged(fresh.apiKeyId), await charged(used.apiKeyId)];
    await settle(await charged(used.apiKeyId));
    for (const key of [fresh, used]) {
      await endKey(records, key);
      await users.deleteAll(key.userId, start, () => true);
    }
    for (const end of ends) {
      await settle(end);
      await meter.refund(end);
      expect(await meter.countUncharged({ apiKeyId: end.meterId, now: start, isFull: true })).toBeUndefined();
    }
    const left = [...(await itemsOf(fresh.userId)), ...(await itemsOf(used.userId))];
    expect(left.map(({ sk }) => sk)).toEqual(['PROFILE', 'PROFILE']);
  });

  test('adds up a key’s calls of a day, and has a row of each past day, which expires', async () => {
    const key = await newKey();
    const usage = {
      input: 5,
      output: 7,
      cachedInput: 11,
      cacheWriteInput: 0,
      cacheWriteHourInput: 0,
      reasoning: 0,
    };
    for (const costNanoDollars of [100, 23]) {
      const taken = await charged(key.apiKeyId);
      await settle(taken, start, { usage, costNanoDollars });
    }
    await meter.countUncharged({ apiKeyId: key.apiKeyId, now: start, isFull: true });
    await meter.countUncharged({ apiKeyId: key.apiKeyId, now: start });
    const used = {
      keyId: key.keyId,
      date: '2026-11-22',
      requests: 2,
      refused: 1,
      inputTokens: 10,
      outputTokens: 14,
      cachedTokens: 22,
      costNanoDollars: 123,
    };
    expect(await dayOf(key, '2026-11-22')).toEqual(used);
    expect(await rowOf(key, '2026-11-22')).toBeUndefined();
    // The next day's first call moves it into a row.
    await settle(await charged(key.apiKeyId, start + day), start + day);
    expect(await dayOf(key, '2026-11-22')).toEqual(used);
    expect(await dayOf(key, '2026-11-23')).toMatchObject({ requests: 1, costNanoDollars: 0 });
    expect(await rowOf(key, '2026-11-22')).toEqual({
      pk: `USER#${key.userId}`,
      sk: `USAGE#2026-11-22#${key.keyId}`,
      ...used,
      ttl: Date.parse('2026-11-22') / 1000 + 401 * 86_400,
    });
  });

  test('counts a call on the day it ends', async () => {
    const key = await newKey();
    const taken = await charged(key.apiKeyId, Date.parse('2026-11-22T23:59:59Z'));
    await settle(taken, Date.parse('2026-11-23T00:00:01Z'));
    expect(await dayOf(key, '2026-11-22')).toBeUndefined();
    expect((await dayOf(key, '2026-11-23'))?.requests).toBe(1);
  });

  test('of a day is moved once by a burst of the next day’s first calls, and nothing is refused', async () => {
    const key = await newKey({ requestsPerDay: 40 });
    for (let call = 0; call < 3; call += 1) await settle(await charged(key.apiKeyId));
    const { table: watched, sent } = watchItems(table);
    const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
    const burst = createDynamoMeter(watched, {}, undefined, { keepDays: 0 });
    const calls = await Promise.all(
      Array.from({ length: 20 }, () => charged(key.apiKeyId, start + day, undefined, burst)),
    );
    await Promise.all(calls.map((of) => settle(of, start + day, {}, burst)));
    expect(sent.filter((what) => what === 'transactWrite')).toHaveLength(1);
    expect((await rowOf(key, '2026-11-22'))?.requests).toBe(3);
    expect((await dayOf(key, '2026-11-23'))?.requests).toBe(20);
  });

  test('that was not moved is there all the same, and goes with the day after', async () => {
    const key = await newKey();
    await settle(await charged(key.apiKeyId));
    const first = await charged(key.apiKeyId, start + day);
    await settle({ ...first, pastUsage: [] }, start + day);
    expect((await dayOf(key, '2026-11-22'))?.requests).toBe(1);
    await settle(await charged(key.apiKeyId, start + 2 * day), start + 2 * day);
    for (const date of ['2026-11-22', '2026-11-23']) {
      expect((await rowOf(key, date))?.requests).toBe(1);
      expect((await dayOf(key, date))?.requests).toBe(1);
    }
  });

  test('of a call whose function died is none: it stays charged, and its id goes after twenty minutes', async () => {
    const key = await newKey({ requestsPerDay: 100 });
    const died = await charged(key.apiKeyId);
    for (const minute of [19, 21]) {
      const now = start + minute * 60_000;
      expect((await itemOf(key.apiKeyId)).charged).toEqual(new Set([died.chargeId]));
      await settle(await charged(key.apiKeyId, now), now);
    }
    expect((await itemOf(key.apiKeyId)).charged).toBeUndefined();
    expect(await usedOn(key.apiKeyId)).toBe(3);
    expect((await dayOf(key, '2026-11-22'))?.requests).toBe(2);
  });

  test('is added once although an attempt of the charge arrives late, after the call has ended', async () => {
    const key = await newKey();
    const { items } = table;
    let first: Parameters<typeof items.update>[0] | undefined;
    const remembering = {
      ...table,
      items: {
        ...items,
        update(input: Parameters<typeof items.update>[0]) {
          first ??= input;
          return items.update(input);
        },
      },
    };
    const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
    const taken = await charged(key.apiKeyId, start, undefined, createDynamoMeter(remembering));
    await settle(taken);
    if (first === undefined) throw new Error('nothing was written');
    await expect(items.update(first)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    expect(await usedOn(key.apiKeyId)).toBe(1);
  });

  test('of a key that ends is in rows, with what its open calls come to', async () => {
    const key = await newKey();
    await settle(await charged(key.apiKeyId));
    const [slow, slower] = [await charged(key.apiKeyId), await charged(key.apiKeyId)];
    await endKey(records, key, 'revoked', start);
    expect((await rowOf(key, '2026-11-22'))?.requests).toBe(1);
    for (const open of [slow, slower]) {
      await settle(open);
      await settle(open);
    }
    expect((await rowOf(key, '2026-11-22'))?.requests).toBe(3);
    expect(await itemOf(key.apiKeyId)).toEqual({});
  });

  test('loses nothing when many calls end at once', async () => {
    const key = await newKey({ requestsPerDay: 40 });
    const taken = await Promise.all(Array.from({ length: 40 }, () => charged(key.apiKeyId)));
    await Promise.all(taken.map((of) => settle(of)));
    expect((await dayOf(key, '2026-11-22'))?.requests).toBe(40);
  });
});
