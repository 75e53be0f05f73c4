import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../../../core/accounts/ports.ts';
import { newKeyId } from '../../../../core/keys/key-id.ts';
import type { KeyRecords } from '../../../../core/keys/ports.ts';
import {
  type CallLog,
  type CallQuery,
  codeMatcher,
  type LoggedCall,
} from '../../../../core/metering/call-log.ts';
import type { Charge, Meter } from '../../../../core/metering/ports.ts';
import { noTokens } from '../../../../core/metering/token-usage.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { countingReads } from '../counting-reads.ts';
import { activeKey, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let table: Table;
let meter: Meter;
let keys: KeyRecords;
let users: UserRecords;
let log: CallLog;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoCallLog } = await import('../../../../lambda/adapters/call-log/call-log.ts');
  table = openTable('records');
  meter = createDynamoMeter(table);
  keys = createDynamoKeys(table);
  users = createDynamoUsers(table);
  log = createDynamoCallLog(table);
});
afterAll(() => aws.close());

const minute = 60_000;
const month = { from: start - 86_400_000, to: start + 86_400_000 };

async function newKey() {
  const key = await activeKey(keys, { requestsPerDay: 1000 });
  await users.ensure({ userId: key.userId, email: 'ada@example.com', createdAt: start });
  return key;
}

async function charged(apiKeyId: string, now: number, by = meter): Promise<Charge> {
  const result = await by.charge({ apiKeyId, requestId: `r${now}`, route: '/v1/messages', now });
  if (result.outcome !== 'charged') throw new Error(result.outcome);
  return result.charge;
}

/** Ten calls a minute apart: every second one of another model, every third one failed. */
async function someCalls() {
  const key = await newKey();
  for (let at = 0; at < 10; at += 1) {
    const now = start + at * minute;
    const charge = await charged(key.apiKeyId, now);
    const model = at % 2 === 0 ? 'nova-lite' : 'nova-pro';
    if (at % 3 === 0) await meter.refund(charge, model, 'failed', 'model_failed');
    else
      await meter.settle({
        charge,
        model,
        usage: { ...noTokens, input: at, output: 2, cachedInput: 3 },
        mark: 'metered',
        costNanoDollars: 100,
        msToFirstToken: 40,
        now: now + 500,
      });
  }
  return key;
}

async function pagesOf(query: Omit<CallQuery, 'cursor'>, of = log): Promise<LoggedCall[][]> {
  const pages: LoggedCall[][] = [];
  let cursor: string | undefined;
  do {
    const page = await of.list({ ...query, cursor });
    pages.push(page.calls);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}
const minutesOf = (calls: readonly LoggedCall[]) => calls.map(({ at }) => (at - start) / minute);

describe('the calls of a user', () => {
  let key: Awaited<ReturnType<typeof newKey>>;
  beforeAll(async () => {
    key = await someCalls();
  });
  const list = (query: Partial<CallQuery> = {}) =>
    log.list({ ...month, userId: key.userId, limit: 50, ...query });

  test('come newest first, settled and refunded ones, with what was used', async () => {
    const { calls, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(minutesOf(calls)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(calls[1]).toEqual({
      at: start + 8 * minute,
      requestId: `r${start + 8 * minute}`,
      keyId: key.keyId,
      route: '/v1/messages',
      model: 'nova-lite',
      code: undefined,
      mark: 'metered',
      msToFirstToken: 40,
      endedAt: start + 8 * minute + 500,
      inputTokens: 8,
      outputTokens: 2,
      cachedTokens: 3,
      costNanoDollars: 100,
      count: 1,
    });
    expect(calls[0]).toMatchObject({ mark: 'refunded', code: 'model_failed', costNanoDollars: 0 });
  });

  test.each([1, 3, 9, 10])('pages of %i give every call once', async (limit) => {
    const pages = await pagesOf({ ...month, userId: key.userId, limit });
    expect(minutesOf(pages.flat())).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });

  test.each([
    ['a model', { model: 'nova-lite' }, [8, 6, 4, 2, 0]],
    ['a status', { matchesCode: codeMatcher('502') }, [9, 6, 3, 0]],
    ['a class', { matchesCode: codeMatcher('2xx') }, [8, 7, 5, 4, 2, 1]],
    ['both', { model: 'nova-lite', matchesCode: codeMatcher('2xx') }, [8, 4, 2]],
    ['a time', { from: start + 3 * minute, to: start + 5 * minute }, [5, 4, 3]],
  ])('by %s, in pages of two', async (_, filter, expected) => {
    const pages = await pagesOf({ ...month, userId: key.userId, limit: 2, ...filter });
    expect(minutesOf(pages.flat())).toEqual(expected);
    expect(pages.every((page) => page.length <= 2)).toBe(true);
  });

  test('by key', async () => {
    expect((await list({ keyId: key.keyId })).calls).toHaveLength(10);
    expect((await list({ keyId: newKeyId(start) })).calls).toEqual([]);
  });

  test('no more are read than asked for, and one that shows whether more follow', async () => {
    const { createDynamoCallLog } = await import('../../../../lambda/adapters/call-log/call-log.ts');
    const counting = countingReads(table);
    await createDynamoCallLog(counting.table).list({ ...month, userId: key.userId, limit: 2 });
    expect(counting.read()).toBe(3);
  });

  test('nobody sees another’s, not even by their cursor', async () => {
    const { nextCursor } = await list({ limit: 2 });
    const other = await newKey();
    const page = await log.list({ ...month, userId: other.userId, limit: 50, cursor: nextCursor ?? '' });
    expect(page.calls).toEqual([]);
  });

  test('a cursor from before the time that is asked for ends the list', async () => {
    const { nextCursor } = await list({ limit: 8 });
    expect(await list({ from: start + 5 * minute, cursor: nextCursor ?? '' })).toEqual({
      calls: [],
      nextCursor: null,
    });
  });

  test('of a time that is no longer kept there are none', async () => {
    expect(await list({ from: start + minute, to: start })).toEqual({ calls: [], nextCursor: null });
  });

  test.each([
    '',
    'nonsense',
    '2026-11-22~x',
    '2026-11-22T10:00:00.000Z',
    '2026-11-22T10:00:00.000Z~',
    '2026-99-99T10:00:00.000Z~abc',
    '2026-11-22T10:00:00.000Z~a#b',
    '2027-11-22T10:00:00.000Z~abc',
    `2026-11-22T10:00:00.000Z~${'x'.repeat(400)}`,
  ])('the cursor %j was never issued and is refused by name', async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'invalid_request', param: 'cursor' });
  });
});

test('with a filter that few calls fit, a page ends after a thousand, and the next one goes on', async () => {
  const { createDynamoCallLog } = await import('../../../../lambda/adapters/call-log/call-log.ts');
  const rows = Array.from({ length: 2500 }, (_, at) => ({
    sk: `LEDGER#${new Date(start + at).toISOString()}#id${at}`,
    requestId: 'r',
    keyId: at === 0 ? 'wanted' : 'other',
  })).reverse();
  const asked: number[] = [];
  const send = async ({ input }: QueryCommand) => {
    const { Limit = 0, ExclusiveStartKey } = input;
    const from = rows.findIndex(({ sk }) => sk === ExclusiveStartKey?.sk) + 1;
    const Items = rows.slice(from, from + Limit);
    asked.push(Items.length);
    const more = from + Limit < rows.length;
    return { Items, ...(more && { LastEvaluatedKey: { pk: 'x', sk: Items.at(-1)?.sk } }) };
  };
  const sparse = createDynamoCallLog({ name: 'records', documents: { send } } as unknown as Table);
  const pages = await pagesOf({ ...month, userId: 'ada', limit: 10, keyId: 'wanted' }, sparse);
  expect(pages.map((page) => page.length)).toEqual([0, 0, 1]);
  expect(asked).toEqual(Array(10).fill(250));
});

test('with no days to keep them, calls are settled once all the same, and none is listed', async () => {
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const silent = createDynamoMeter(table, {}, undefined, { keepDays: 0 });
  const key = await newKey();
  const charge = await charged(key.apiKeyId, start, silent);
  const settlement = {
    charge,
    model: 'nova-lite',
    usage: { ...noTokens, output: 2 },
    mark: 'metered',
    costNanoDollars: 100,
    now: start,
  } as const;
  await silent.settle(settlement);
  await silent.settle(settlement);
  expect((await log.list({ ...month, userId: key.userId, limit: 5 })).calls).toEqual([]);
  const { Items = [] } = await table.documents.send(
    new QueryCommand({
      TableName: 'records',
      KeyConditionExpression: 'pk = :pk AND sk > :sk',
      ExpressionAttributeValues: { ':pk': `USER#${key.userId}`, ':sk': 'LEDGER' },
    }),
  );
  expect(Items.filter(({ sk }) => String(sk).startsWith('LEDGER'))).toEqual([]);
  const { createDynamoUsage } = await import('../../../../lambda/adapters/meter/usage.ts');
  const days = { from: '2026-11-22', to: '2026-11-22', userId: key.userId, limit: 5 };
  expect((await createDynamoUsage(table).list(days)).days).toMatchObject([{ requests: 1 }]);
});
