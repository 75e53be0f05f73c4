import { randomUUID } from 'node:crypto';
import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyRecord, KeyRecords, PlanChange } from '../../../../core/keys/ports.ts';
import type { Meter } from '../../../../core/metering/ports.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { activeKey, endKey, newUserId, someIntent, start } from './some-keys.ts';

let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let meter: Meter;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  table = openTable('records');
  records = createDynamoKeys(table);
  meter = createDynamoMeter(table);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

const target = '20-per-day';
const more = { limits: { requestsPerDay: 20, models: ['nova-lite'] }, changedAt: start + 5 };
const wantedChange = () => ({ id: randomUUID(), plan: target, name: undefined, startedAt: start });
const loseReply = () =>
  aws.faults.replace([
    { service: 'dynamodb', operation: 'TransactWriteItems', kind: 'drop-reply', times: 1 },
  ]);
const again = async ({ userId, keyId }: KeyRecord) => (await records.find(userId, keyId)) as KeyRecord;
const charge = (apiKeyId: string) => meter.charge({ apiKeyId, requestId: randomUUID(), now: start });

async function begun(key: KeyRecord, places = 1): Promise<PlanChange> {
  const change = await records.beginPlanChange(key, wantedChange(), places);
  if (typeof change === 'string') throw new Error(`the change did not begin: ${change}`);
  return change;
}

/** Plans on which the user holds places, and subjects of intents, as the table has them. */
async function heldBy({ userId, keyId }: KeyRecord) {
  const { Items = [] } = await table.documents.send(new ScanCommand({ TableName: 'records' }));
  return {
    places: Items.filter(({ pk, keyId: holder }) => pk === `PERSON#${userId}` && holder !== undefined).map(
      ({ sk }) => sk,
    ),
    intents: Items.filter(({ pk, sk }) => pk.startsWith('PENDING#') && sk === keyId).map(({ kind }) => kind),
  };
}
const onTen = { places: ['PLACE#10-per-day#1'], intents: [] };
const onTwenty = { places: ['PLACE#20-per-day#1'], intents: [] };

/** After a create that went well, with no intent left. */
const newKey = (parts: Partial<KeyRecord> = {}) => activeKey(records, { requestsPerDay: 10 }, parts);

describe('beginning a change of plan', () => {
  test('takes a place on the new plan beside the old one, and leaves an intent', async () => {
    const key = await newKey();
    loseReply();
    const change = await begun(key);
    expect(await again(key)).toMatchObject({
      plan: '10-per-day',
      planChange: { id: change.id, plan: target, slot: 1, startedAt: start },
    });
    expect(await heldBy(key)).toEqual({
      places: ['PLACE#10-per-day#1', 'PLACE#20-per-day#1'],
      intents: ['change-plan'],
    });
  });

  test('takes a free place of several, and none if all are taken', async () => {
    const userId = newUserId();
    await records.reserve(someIntent({ userId, plan: target }), 1);
    const key = await newKey({ userId });
    expect(await records.beginPlanChange(key, wantedChange(), 1)).toBe('no_place');
    expect((await again(key)).planChange).toBeUndefined();
    expect(await begun(key, 2)).toMatchObject({ slot: 2 });
  });

  test('happens once of 20 at once', async () => {
    const key = await newKey();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => records.beginPlanChange(key, wantedChange(), 30)),
    );
    expect(outcomes.filter((outcome) => outcome !== 'changed')).toHaveLength(1);
    expect((await heldBy(key)).places).toHaveLength(2);
  });

  test('is refused while the key is rotated, and so is rotating it while its plan changes', async () => {
    const rotation = { valueHash: 'f'.repeat(64), last4: 'ffff', startedAt: start, graceEndsAt: start };
    const rotating = await newKey();
    await records.beginRotation(rotating, rotation);
    expect(await records.beginPlanChange(rotating, wantedChange(), 1)).toBe('changed');
    const changing = await newKey();
    await begun(changing);
    expect(await records.beginRotation(changing, rotation)).toBe(false);
  });

  test('is refused if the key was moved since it was read, and so is rotating it then', async () => {
    const stale = await newKey();
    await records.completePlanChange(stale, await begun(stale), more);
    expect(await records.beginPlanChange(stale, wantedChange(), 1)).toBe('changed');
    const rotation = { valueHash: 'e'.repeat(64), last4: 'eeee', startedAt: start, graceEndsAt: start };
    expect(await records.beginRotation(stale, rotation)).toBe(false);
    expect(await records.beginRotation(await again(stale), rotation)).toBe(true);
  });

  test('is refused for a key that has ended', async () => {
    const key = await newKey();
    await endKey(records, key, 'revoked', start);
    expect(await records.beginPlanChange(key, wantedChange(), 1)).toBe('changed');
    expect((await heldBy(key)).places).toEqual([]);
  });
});

describe('completing it', () => {
  test('moves record, place and limits at once, and keeps the usage', async () => {
    const key = await newKey();
    await charge(key.apiKeyId);
    const change = { ...(await begun(key)), name: 'desk' };
    loseReply();
    const changed = await records.completePlanChange(key, change, more);
    expect(await again(key)).toMatchObject({ ...changed });
    expect(changed).toMatchObject({ plan: target, slot: 1, name: 'desk', planChangedAt: start + 5 });
    expect(changed?.planChange).toBeUndefined();
    expect(await heldBy(key)).toEqual(onTwenty);
    expect(await charge(key.apiKeyId)).toMatchObject({
      outcome: 'charged',
      charge: { plan: target, models: ['nova-lite'], standing: { limit: 20, remaining: 18 } },
    });
  });

  test('to a smaller plan refuses calls past that plan’s limits', async () => {
    const key = await newKey();
    for (let count = 0; count < 3; count += 1) await charge(key.apiKeyId);
    const smaller = { limits: { requestsPerDay: 2 }, changedAt: start };
    await records.completePlanChange(key, await begun(key), smaller);
    expect(await charge(key.apiKeyId)).toMatchObject({
      outcome: 'exceeded',
      standing: { limit: 2, remaining: 0 },
    });
  });

  test('lifts the old plan’s restriction of models if the new one has all', async () => {
    const key = await activeKey(records, { requestsPerDay: 10, models: ['nova-micro'] });
    await records.completePlanChange(key, await begun(key), { limits: { requestsPerDay: 20 }, changedAt: 1 });
    expect(await charge(key.apiKeyId)).toMatchObject({ charge: { models: undefined } });
  });

  test('keeps a name given to the key meanwhile', async () => {
    const key = await newKey();
    const change = await begun(key);
    await records.rename(key, 'attic');
    await records.completePlanChange(key, change, more);
    expect((await again(key)).name).toBe('attic');
  });

  test('happens once', async () => {
    const key = await newKey();
    const change = await begun(key);
    await records.completePlanChange(key, change, more);
    expect(await records.completePlanChange(key, change, more)).toBeUndefined();
    expect(await heldBy(key)).toEqual(onTwenty);
  });

  test('is impossible once the change was stopped or abandoned, or its key ended', async () => {
    for (const end of ['stop', 'abandon', 'revoke']) {
      const key = await newKey();
      const change = await begun(key);
      if (end === 'stop') expect(await records.stopPlanChange(key, change)).toBe(true);
      if (end === 'abandon') await records.abandonPlanChange(key, change);
      if (end === 'revoke') await endKey(records, await again(key), 'revoked', start);
      expect(await records.completePlanChange(key, change, more)).toBeUndefined();
      expect((await again(key)).plan).toBe('10-per-day');
    }
  });
});

describe('undoing it', () => {
  test('frees the new place, removes the intent, and may be repeated', async () => {
    const key = await newKey();
    const change = await begun(key);
    for (let time = 1; time <= 2; time += 1) {
      await records.stopPlanChange(key, change);
      await records.abandonPlanChange(key, change);
    }
    expect(await heldBy(key)).toEqual(onTen);
    expect((await again(key)).planChange).toBeUndefined();
    expect(await records.stopPlanChange(key, change)).toBe(false);
  });

  test('leaves another change that has begun meanwhile alone', async () => {
    const key = await newKey();
    const first = await begun(key);
    await records.abandonPlanChange(key, first);
    const second = await begun(key);
    expect(await records.stopPlanChange(key, first)).toBe(false);
    await records.abandonPlanChange(key, first);
    expect((await again(key)).planChange).toEqual(second);
    expect((await heldBy(key)).intents).toEqual(['change-plan']);
  });
});

describe('ending a key', () => {
  test('while its plan changes frees both places', async () => {
    const key = await newKey();
    await begun(key);
    await endKey(records, await again(key), 'revoked', start);
    expect(await heldBy(key)).toEqual({ places: [], intents: ['end'] });
  });

  test('that was or is being moved since it was read frees its own places and no other key’s', async () => {
    const moved = await newKey();
    await records.completePlanChange(moved, await begun(moved), more);
    const successor = await newKey({ userId: moved.userId });
    await endKey(records, moved, 'revoked', start);
    expect((await heldBy(moved)).places).toEqual([`PLACE#10-per-day#${successor.slot}`]);

    const moving = await newKey();
    await begun(moving);
    await endKey(records, moving, 'expired', start);
    expect(await again(moving)).toMatchObject({ status: 'expired' });
    expect((await heldBy(moving)).places).toEqual([]);
    const { Item } = await table.documents.send(
      new GetCommand({ TableName: 'records', Key: { pk: `APIKEY#${moving.apiKeyId}`, sk: 'METER' } }),
    );
    expect(Item).toBeUndefined();
  });
});

test('renaming changes the name of an active key, and not of an ended one', async () => {
  const key = await newKey();
  expect(await records.rename(key, 'desk')).toBe(true);
  expect((await again(key)).name).toBe('desk');
  await endKey(records, key, 'revoked', start);
  expect(await records.rename(key, 'attic')).toBe(false);
  expect((await again(key)).name).toBe('desk');
});
