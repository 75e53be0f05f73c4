import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { countingReads } from '../counting-reads.ts';
import { openPatientTable } from '../patient-table.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { watchItems } from '../watch-items.ts';
import { activeKey, endKey, newUserId, someIntent, start } from './some-keys.ts';

let aws: RunningAws;
let table: Table;
let records: KeyRecords;
let readMeters: (apiKeyId: string) => Promise<unknown>;

beforeAll(async () => {
  aws = await startTable();
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoKeyMeters } = await import('../../../../lambda/adapters/meter/key-meters.ts');
  table = await openPatientTable('records');
  records = createDynamoKeys(table);
  readMeters = async (id) => (await createDynamoKeyMeters(table).read([id])).get(id);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

/** Every item that has to do with these records. */
async function leftOf(...keys: KeyRecord[]): Promise<string[]> {
  const { Items = [] } = await table.documents.send(new ScanCommand({ TableName: 'records' }));
  const traces = keys.flatMap(({ userId, valueHash, apiKeyId = 'none' }) => [userId, valueHash, apiKeyId]);
  // A place that nobody holds is no trace of a key, and the audit trail stays.
  const held = Items.filter(
    ({ pk, keyId }) => !pk.startsWith('AUDIT#') && (!pk.startsWith('PERSON#') || keyId !== undefined),
  );
  return held.map(({ pk, sk }) => `${pk} ${sk}`).filter((id) => traces.some((trace) => id.includes(trace)));
}

const loseReply = (times = 1) =>
  aws.faults.replace([{ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'drop-reply', times }]);

describe('reserve', () => {
  test('gives one place to exactly one of 50 at once', async () => {
    const userId = newUserId();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => records.reserve(someIntent({ userId }), 1)),
    );
    const won = outcomes.filter((record) => record !== undefined);
    expect(won).toHaveLength(1);
    expect(await records.listAll(userId)).toMatchObject(won);
  });

  test('gives three places to exactly three of 20 at once, one each', async () => {
    const userId = newUserId();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => records.reserve(someIntent({ userId }), 3)),
    );
    const slots = outcomes.flatMap((record) => (record === undefined ? [] : [record.slot]));
    expect(slots.sort()).toEqual([1, 2, 3]);
    expect(await records.listAll(userId)).toHaveLength(3);
  });

  test('gives other plans and other users places of their own', async () => {
    const userId = newUserId();
    expect(await records.reserve(someIntent({ userId }), 1)).toBeDefined();
    expect(await records.reserve(someIntent({ userId, plan: '20-per-day' }), 1)).toBeDefined();
    expect(await records.reserve(someIntent(), 1)).toBeDefined();
  });

  test('takes one place even if the reply is lost', async () => {
    const intent = someIntent();
    loseReply();
    const record = await records.reserve(intent, 3);
    expect(record).toMatchObject({ keyId: intent.keyId, slot: 1 });
    expect(await leftOf(record as KeyRecord)).toHaveLength(2);
  });
});

describe('activate', () => {
  test('makes the key findable by its hash, and chargeable', async () => {
    const expiresAt = start + 1000;
    const key = await activeKey(records, { requestsPerDay: 7, models: ['nova-lite'] }, { expiresAt });
    expect(await records.findByHash(key.valueHash)).toMatchObject({ ...key, status: 'active' });
    expect(await readMeters(key.apiKeyId)).toEqual({
      usedByWindow: {},
      limits: {
        requestsPerDay: 7,
        requestsPerHour: undefined,
        requestsPerMinute: undefined,
        models: ['nova-lite'],
      },
      lastUsedAt: undefined,
      usagePlanId: 'plan1',
    });
  });

  test('does nothing for a key whose intent is gone', async () => {
    const record = (await records.reserve(someIntent(), 1)) as KeyRecord;
    await records.abandon(record, undefined);
    await expect(
      records.activate(record, { apiKeyId: 'no-such-key' }, { requestsPerDay: 1 }),
    ).rejects.toMatchObject({
      code: 'key_busy',
    });
    expect(await leftOf({ ...record, apiKeyId: 'no-such-key' })).toEqual([]);
  });

  test('succeeds once and refuses a second time', async () => {
    const key = await activeKey(records);
    await expect(records.activate(key, { apiKeyId: 'gw2' }, { requestsPerDay: 1 })).rejects.toThrow();
    expect((await records.find(key.userId, key.keyId))?.apiKeyId).toBe(key.apiKeyId);
  });

  test('succeeds even if the reply is lost', async () => {
    const record = (await records.reserve(someIntent(), 1)) as KeyRecord;
    loseReply();
    await records.activate(record, { apiKeyId: 'gw3' }, { requestsPerDay: 1 });
    expect((await records.find(record.userId, record.keyId))?.status).toBe('active');
  });
});

describe('abandon', () => {
  test('leaves nothing of the key, and its place is free again', async () => {
    const record = (await records.reserve(someIntent(), 1)) as KeyRecord;
    await records.abandon(record, undefined);
    expect(await leftOf(record)).toEqual([]);
    expect(await records.reserve(someIntent({ userId: record.userId }), 1)).toBeDefined();
  });

  test('leaves nothing of a key that was activated after all, and may be repeated', async () => {
    const key = await activeKey(records);
    await records.abandon(key, key.apiKeyId);
    await records.abandon(key, key.apiKeyId);
    expect(await leftOf(key)).toEqual([]);
  });
});

describe('revoke', () => {
  test('removes the metering item and the look-up, frees the place, and keeps the record for the list for a while', async () => {
    const key = await activeKey(records);
    loseReply();
    await endKey(records, key, 'revoked', start);
    expect(await readMeters(key.apiKeyId)).toBeUndefined();
    expect(await records.findByHash(key.valueHash)).toBeUndefined();
    expect(await leftOf(key)).toEqual([`USER#${key.userId} KEY#${key.keyId}`]);
    expect(await records.find(key.userId, key.keyId)).toMatchObject({
      status: 'revoked',
      endedAt: start,
      ttl: start / 1000 + 90 * 86_400,
    });
    expect(await records.reserve(someIntent({ userId: key.userId }), 1)).toMatchObject({ slot: 1 });
  });

  test('keeps the limits and the day’s counters on the record, even if a move has begun since it was read', async () => {
    const key = await activeKey(records, { requestsPerDay: 7 });
    const change = { id: 'c', plan: '20-per-day', startedAt: start };
    expect(await records.beginPlanChange(key, change, 1)).toMatchObject(change);
    await endKey(records, key, 'revoked', start);
    expect((await records.find(key.userId, key.keyId))?.lastCounters).toMatchObject({
      limits: { requestsPerDay: 7 },
      usedByWindow: {},
    });
  });

  test('creates no record for a key that is gone', async () => {
    const key = await activeKey(records);
    await records.abandon(key, key.apiKeyId);
    await endKey(records, key, 'revoked', start);
    expect(await leftOf(key)).toEqual([]);
  });
});

describe('reading', () => {
  test('no user finds another’s key', async () => {
    const key = await activeKey(records);
    expect(await records.find(newUserId(), key.keyId)).toBeUndefined();
  });

  test.each(['', 'x'.repeat(5000), 'key_1', 'PROFILE', 'key_0000000000000000000000000\u0000'])(
    'a malformed key id is not found: %.20j',
    async (keyId) => {
      expect(await records.find('ada', keyId)).toBeUndefined();
    },
  );

  test('an unknown hash finds no key', async () => {
    expect(await records.findByHash('0'.repeat(64))).toBeUndefined();
  });
});

describe('a list', () => {
  async function userWith(count: number) {
    const userId = newUserId();
    const keys: KeyRecord[] = [];
    for (let at = 0; at < count; at += 1) {
      keys.push(await activeKey(records, undefined, { userId, createdAt: start + at * 1000 }));
    }
    return { userId, newestFirst: keys.map(({ keyId }) => keyId).reverse() };
  }

  async function pagesOf(userId: string, limit: number): Promise<string[][]> {
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await records.listVisible(userId, { limit, cursor });
      pages.push(page.records.map(({ keyId }) => keyId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return pages;
  }

  test.each([1, 2, 3, 5, 6])('pages by %i, newest first, everything once', async (limit) => {
    const { userId, newestFirst } = await userWith(5);
    const pages = await pagesOf(userId, limit);
    expect(pages.flat()).toEqual(newestFirst);
    expect(pages.slice(0, -1).filter((page) => page.length !== limit)).toEqual([]);
  });

  test('shows revoked keys, and none that is still being made', async () => {
    const { userId, newestFirst } = await userWith(2);
    await records.reserve(someIntent({ userId, createdAt: start + 9000 }), 100);
    const revoked = (await records.find(userId, newestFirst[1] ?? '')) as KeyRecord;
    await endKey(records, revoked, 'revoked', start);
    const { records: visible } = await records.listVisible(userId, { limit: 10 });
    expect(visible.map(({ keyId, status }) => [keyId, status])).toEqual([
      [newestFirst[0], 'active'],
      [newestFirst[1], 'revoked'],
    ]);
    expect(await records.listAll(userId)).toHaveLength(3);
  });

  test('reads the keys asked for, one more, and those still being made', async () => {
    const { userId, newestFirst } = await userWith(12);
    for (let at = 0; at < 3; at += 1)
      await records.reserve(someIntent({ userId, createdAt: start + 60_000 + at }), 100);
    const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
    const { table: counted, read } = countingReads(table);
    const page = await createDynamoKeys(counted).listVisible(userId, { limit: 2 });
    expect(page.records.map(({ keyId }) => keyId)).toEqual(newestFirst.slice(0, 2));
    expect(page.nextCursor).toBe(newestFirst[1]);
    expect(read()).toBe(6);
  });

  test('of unfinished keys holds no ended key whose removal is done', async () => {
    const { userId, newestFirst } = await userWith(4);
    const [active, settled, pending, expired] = newestFirst as [string, string, string, string];
    for (const [keyId, status] of [
      [settled, 'revoked'],
      [pending, 'revoked'],
      [expired, 'expired'],
    ] as const)
      await records.end((await records.find(userId, keyId)) as KeyRecord, status, start);
    for (const keyId of [settled, expired]) await records.finishIntent(keyId);
    const made = await records.reserve(someIntent({ userId, createdAt: start + 90_000 }), 100);
    const left = await records.listUnfinished(userId);
    expect(left.map(({ keyId, status }) => [keyId, status])).toEqual([
      [made?.keyId, 'creating'],
      [active, 'active'],
      [pending, 'revoked'],
    ]);
  });

  test('of unfinished keys is empty for 210 ended ones', async () => {
    const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
    const { itemKeys } = await import('../../../../lambda/adapters/table.ts');
    const userId = newUserId();
    await Promise.all(
      Array.from({ length: 210 }, (_unused, at) => {
        const record = {
          ...someIntent({ userId, createdAt: start + at }),
          status: 'revoked',
          apiKeyId: `gone${at}`,
        };
        const Item = { ...itemKeys.key(userId, record.keyId), ...record };
        return table.documents.send(new PutCommand({ TableName: 'records', Item }));
      }),
    );
    expect(await records.listUnfinished(userId)).toEqual([]);
    expect(await records.listAll(userId)).toHaveLength(210);
  });

  test('is empty for an unknown user', async () => {
    expect(await records.listVisible(newUserId(), { limit: 10 })).toEqual({ records: [], nextCursor: null });
  });

  test.each([
    '',
    'nonsense',
    'key_',
    'USER#bob',
    `key_${'a'.repeat(27)}`,
    `KEY_${'a'.repeat(26)}`,
    'é'.repeat(500),
  ])('refuses a cursor that was never issued: %.20j', async (cursor) => {
    await expect(records.listVisible('ada', { limit: 10, cursor })).rejects.toMatchObject({
      name: 'DaypassError',
      code: 'invalid_request',
      param: 'cursor',
    });
  });

  test('never shows another user’s keys, not even by that user’s cursor', async () => {
    const ada = await userWith(2);
    const bob = await userWith(3);
    const { nextCursor } = await records.listVisible(bob.userId, { limit: 1 });
    const page = await records.listVisible(ada.userId, { limit: 10, cursor: nextCursor ?? '' });
    expect(page.records.filter(({ userId }) => userId !== ada.userId)).toEqual([]);
  });
});

test('a table that is down is reported as such after a bounded number of attempts', async () => {
  const { toDaypassError } = await import('../../../../lambda/http/error-answer.ts');
  aws.faults.replace([{ service: 'dynamodb', kind: 'error' }]);
  const error = await records.find('ada', someIntent().keyId).catch((thrown: unknown) => thrown);
  expect(toDaypassError(error)).toMatchObject({ code: 'service_unavailable', status: 503 });
});

test('counters of more keys than one read allows come back together', async () => {
  const { createDynamoKeyMeters } = await import('../../../../lambda/adapters/meter/key-meters.ts');
  const userId = newUserId();
  const keys = await Promise.all(
    Array.from({ length: 60 }, () => activeKey(records, undefined, { userId, plan: randomUUID() })),
  );
  const ids = [...keys.map(({ apiKeyId }) => apiKeyId), ...Array.from({ length: 90 }, () => randomUUID())];
  const found = await createDynamoKeyMeters(table).read(ids);
  expect([...found.keys()].sort()).toEqual(keys.map(({ apiKeyId }) => apiKeyId).sort());
});

test('the tenth key on a plan costs as many writes as the first: none is refused', async () => {
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { table: watched, sent } = watchItems(table);
  const keys = createDynamoKeys({ ...table, ...watched });
  const userId = newUserId();
  await createDynamoUsers(table).ensure({ userId, email: 'ada@example.com', createdAt: start });
  for (let count = 1; count <= 10; count += 1) {
    expect(await keys.reserve(someIntent({ userId }), 10)).toBeDefined();
    expect(sent.filter((operation) => operation === 'transactWrite').length).toBe(count);
  }
});
