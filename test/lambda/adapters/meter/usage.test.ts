import type { UserRecords } from '../../../../core/accounts/ports.ts';
import { newKeyId } from '../../../../core/keys/key-id.ts';
import type { KeyRecords } from '../../../../core/keys/ports.ts';
import type { Meter } from '../../../../core/metering/ports.ts';
import { noTokens } from '../../../../core/metering/token-usage.ts';
import type { UsageDay, UsageQuery, UsageRecords } from '../../../../core/metering/usage.ts';
import { countingReads } from '../counting-reads.ts';
import { activeKey, newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let usage: UsageRecords;
let meter: Meter;
let users: UserRecords;
let records: KeyRecords;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsage } = await import('../../../../lambda/adapters/meter/usage.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  records = createDynamoKeys(openTable('records'));
  usage = createDynamoUsage(openTable('records'));
  users = createDynamoUsers(openTable('records'));
  meter = createDynamoMeter(openTable('records'));
});
afterAll(() => aws.close());

const day = 86_400_000;
const span = { from: '2026-11-01', to: '2026-11-30' };

/** A user with two keys, both called once on each of three days: the last one is on the keys' metering items. */
async function someUser() {
  const userId = newUserId();
  await users.ensure({ userId, email: 'ada@example.com', createdAt: start });
  const keys = [
    await activeKey(records, { requestsPerDay: 10 }, { userId, keyId: newKeyId(start) }),
    await activeKey(records, { requestsPerDay: 10 }, { userId, keyId: newKeyId(start + 1) }),
  ] as const;
  for (let at = 0; at < 3; at += 1) {
    const now = start + at * day;
    for (const { apiKeyId } of keys) {
      const result = await meter.charge({ apiKeyId, requestId: 'r', now });
      if (result.outcome !== 'charged') throw new Error('not charged');
      const used = { usage: { ...noTokens, output: 3 }, costNanoDollars: 7, mark: 'metered' } as const;
      await meter.settle({ charge: result.charge, model: 'nova-lite', ...used, now });
    }
  }
  return { userId, keyIds: [keys[0].keyId, keys[1].keyId] as const };
}

async function pagesOf(query: Omit<UsageQuery, 'cursor'>): Promise<UsageDay[][]> {
  const pages: UsageDay[][] = [];
  let cursor: string | undefined;
  do {
    const page = await usage.list({ ...query, cursor });
    pages.push(page.days);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

test('rows come newest day first, with zero for what was never counted', async () => {
  const { userId, keyIds } = await someUser();
  const { days, nextCursor } = await usage.list({ ...span, userId, limit: 10 });
  expect(nextCursor).toBeNull();
  expect(days.map(({ date }) => date)).toEqual([
    ...['2026-11-24', '2026-11-24'],
    ...['2026-11-23', '2026-11-23'],
    ...['2026-11-22', '2026-11-22'],
  ]);
  expect(days[0]).toEqual({
    date: '2026-11-24',
    keyId: keyIds[1],
    requests: 1,
    refused: 0,
    inputTokens: 0,
    outputTokens: 3,
    cachedTokens: 0,
    costNanoDollars: 7,
  });
});

test.each([1, 2, 4, 5, 6, 7])('pages of %i give every row once', async (limit) => {
  const { userId } = await someUser();
  const pages = await pagesOf({ ...span, userId, limit });
  const rows = pages.flat().map(({ date, keyId }) => `${date} ${keyId}`);
  expect(rows).toHaveLength(6);
  expect(new Set(rows).size).toBe(6);
  expect(rows).toEqual([...rows].sort().reverse());
});

test('no more rows are read than asked for, and one that shows whether more follow', async () => {
  const { userId } = await someUser();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsage } = await import('../../../../lambda/adapters/meter/usage.ts');
  const { table, read } = countingReads(openTable('records'));
  expect((await createDynamoUsage(table).list({ ...span, userId, limit: 2 })).days).toHaveLength(2);
  // And the user's two keys, before and after.
  expect(read()).toBe(3 + 2 * 2);
});

test('a day that is moved to its row while it is read counts once', async () => {
  const { userId, keyIds } = await someUser();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsage } = await import('../../../../lambda/adapters/meter/usage.ts');
  const table = openTable('records');
  const key = await records.find(userId, keyIds[0]);
  if (key === undefined) throw new Error('no key');
  let reads = 0;
  const batchGet: typeof table.items.batchGet = async (input) => {
    const answer = await table.items.batchGet(input);
    reads += 1;
    if (reads === 1) {
      await records.end(key, 'revoked', start + 2 * day);
      await records.release(key);
    }
    return answer;
  };
  const slow = createDynamoUsage({ ...table, items: { ...table.items, batchGet } });
  const { days } = await slow.list({ ...span, userId, keyId: keyIds[0], limit: 10 });
  expect(days.map(({ date, requests }) => `${date} ${requests}`)).toEqual([
    '2026-11-24 1',
    '2026-11-23 1',
    '2026-11-22 1',
  ]);
});

test('the first and the last day are included', async () => {
  const { userId } = await someUser();
  const dates = async (from: string, to: string) =>
    (await usage.list({ userId, from, to, limit: 10 })).days.map(({ date }) => date);
  expect(new Set(await dates('2026-11-22', '2026-11-23'))).toEqual(new Set(['2026-11-22', '2026-11-23']));
  expect(new Set(await dates('2026-11-23', '2026-11-23'))).toEqual(new Set(['2026-11-23']));
  expect(await dates('2026-11-25', '2026-11-30')).toEqual([]);
});

test('the rows of one key page the same way', async () => {
  const { userId, keyIds } = await someUser();
  const pages = await pagesOf({ ...span, userId, keyId: keyIds[0], limit: 2 });
  expect(pages.map((page) => page.length)).toEqual([2, 1]);
  expect(new Set(pages.flat().map(({ keyId }) => keyId))).toEqual(new Set([keyIds[0]]));
});

test('no user sees another’s rows, not even by that user’s cursor', async () => {
  const ada = await someUser();
  const bob = await someUser();
  const { nextCursor } = await usage.list({ ...span, userId: bob.userId, limit: 1 });
  const page = await usage.list({ ...span, userId: ada.userId, limit: 10, cursor: nextCursor ?? '' });
  const own: readonly string[] = ada.keyIds;
  expect(page.days.filter(({ keyId }) => !own.includes(keyId))).toEqual([]);
});

const keyId = newKeyId(start);
test.each([
  ['empty', ''],
  ['nonsense', 'nonsense'],
  ['no key', '2026-11-22~'],
  ['no date', `~${keyId}`],
  ['no such key id', '2026-11-22~USER#bob'],
  ['no such date', `yesterday~${keyId}`],
  ['a day before the span', `2026-10-31~${keyId}`],
  ['a day after the span', `2026-12-01~${keyId}`],
  ['more behind it', `2026-11-22~${keyId}~1`],
  ['very long', 'x'.repeat(5000)],
])('a cursor that was never issued is refused: %s', async (_, cursor) => {
  await expect(usage.list({ ...span, userId: 'ada', limit: 1, cursor })).rejects.toMatchObject({
    name: 'DaypassError',
    code: 'invalid_request',
    param: 'cursor',
  });
});
