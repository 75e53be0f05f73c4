import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { CallLog } from '../../../../core/metering/call-log.ts';
import type { LoggedRefusal, RefusalLog } from '../../../../core/metering/ports.ts';
import type { HotTable, Table } from '../../../../lambda/adapters/table.ts';
import { newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { watchItems } from '../watch-items.ts';

let aws: RunningAws;
let table: Table;
let users: UserRecords;
let log: CallLog;
let createRefusalLog: typeof import('../../../../lambda/adapters/call-log/refusal-log.ts').createRefusalLog;
let failures: unknown[];

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoCallLog } = await import('../../../../lambda/adapters/call-log/call-log.ts');
  ({ createRefusalLog } = await import('../../../../lambda/adapters/call-log/refusal-log.ts'));
  table = openTable('records');
  users = createDynamoUsers(table);
  log = createDynamoCallLog(table);
});
afterAll(() => aws.close());
beforeEach(() => {
  failures = [];
});
afterEach(() => aws.faults.replace([]));

function open(of: HotTable = table): RefusalLog {
  const opened = createRefusalLog(of, { keepDays: 30 }, (error) => void failures.push(error));
  if (opened === undefined) throw new Error('nothing is kept');
  return opened;
}

async function someRefusal(parts: Partial<LoggedRefusal> = {}): Promise<LoggedRefusal> {
  const userId = newUserId();
  await users.ensure({ userId, email: 'ada@example.com', createdAt: start });
  return {
    userId,
    keyId: 'key_1',
    requestId: 'r1',
    route: '/v1/messages',
    model: 'nova-lite',
    code: 'quota_exceeded',
    now: start,
    ...parts,
  };
}

const listed = async ({ userId }: LoggedRefusal) =>
  (await log.list({ userId, from: start - 1000, to: start + 3_600_000, limit: 50 })).calls;
const counts = async (refusal: LoggedRefusal) => (await listed(refusal)).map(({ count }) => count);

/** The same table, and the writes that are sent to it. */
function countingWrites() {
  const { table: watched, sent } = watchItems(table);
  return { table: watched, writes: () => sent.length };
}

test('a refusal is a row of its own, with its reason', async () => {
  const refusal = await someRefusal();
  await open().add(refusal);
  expect(await listed(refusal)).toEqual([
    {
      at: start,
      requestId: 'r1',
      keyId: 'key_1',
      route: '/v1/messages',
      model: 'nova-lite',
      code: 'quota_exceeded',
      mark: 'refused',
      msToFirstToken: undefined,
      endedAt: undefined,
      inputTokens: 0,
      outputTokens: 0,
      cachedTokens: 0,
      costNanoDollars: 0,
      count: 1,
    },
  ]);
});

test('those of a minute are one row, by code, key, route and model', async () => {
  const refusal = await someRefusal();
  const refusals = open();
  await refusals.add(refusal);
  await refusals.add({ ...refusal, requestId: 'r2', now: start + 100 });
  await refusals.add({ ...refusal, code: 'invalid_request', now: start + 200 });
  await refusals.add({ ...refusal, keyId: 'key_2', now: start + 300 });
  await refusals.add({ ...refusal, model: undefined, now: start + 400 });
  await refusals.add({ ...refusal, route: '/v1/responses', now: start + 500 });
  await refusals.add({ ...refusal, now: start + 60_000 });
  expect(await counts(refusal)).toEqual([1, 1, 1, 1, 1, 2]);
  expect((await listed(refusal)).at(-1)).toMatchObject({ at: start, requestId: 'r1' });
});

test('eight are counted one by one; a thousand more take seven writes, and half of them or more are told', async () => {
  const refusal = await someRefusal();
  const counting = countingWrites();
  const refusals = open(counting.table);
  for (let at = 0; at < 8; at += 1) await refusals.add(refusal);
  expect([counting.writes(), ...(await counts(refusal))]).toEqual([8, 8]);
  for (let at = 0; at < 1000; at += 1) await refusals.add(refusal);
  expect([counting.writes(), ...(await counts(refusal))]).toEqual([14, 512]);
  expect(failures).toEqual([]);
});

test('functions count for themselves', async () => {
  const refusal = await someRefusal();
  await open().add(refusal);
  await open().add(refusal);
  expect(await counts(refusal)).toEqual([1, 1]);
});

test.each(['TransactWriteItems', 'UpdateItem'])(
  'a lost reply of %s counts nothing twice',
  async (operation) => {
    const refusal = await someRefusal();
    const refusals = open();
    aws.faults.replace([{ service: 'dynamodb', operation, kind: 'drop-reply', times: 1 }]);
    for (let at = 0; at < 3; at += 1) await refusals.add(refusal);
    expect(await counts(refusal)).toEqual([3]);
    expect(failures).toEqual([]);
  },
);

test('a row that can’t be written fails nobody’s call, and the next refusal begins another', async () => {
  const refusal = await someRefusal();
  const refusals = open();
  aws.faults.replace([{ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'error', times: 3 }]);
  await refusals.add(refusal);
  expect(failures).toHaveLength(1);
  await refusals.add(refusal);
  await refusals.add(refusal);
  expect(await counts(refusal)).toEqual([2]);
});

test('a count that can’t be written is lost, and the row stays', async () => {
  const refusal = await someRefusal();
  const refusals = open();
  await refusals.add(refusal);
  aws.faults.replace([{ service: 'dynamodb', operation: 'UpdateItem', kind: 'error', times: 3 }]);
  await refusals.add(refusal);
  expect(failures).toHaveLength(1);
  expect(await counts(refusal)).toEqual([1]);
});

test('a deleted user’s rows don’t come back', async () => {
  const refusal = await someRefusal();
  const refusals = open();
  await refusals.add(refusal);
  await users.beginDeletion(refusal.userId, start, { as: 'user' });
  expect(await users.deleteAll(refusal.userId, start, () => true)).toBe(true);
  for (let at = 0; at < 3; at += 1) await refusals.add(refusal);
  await open().add(refusal);
  expect(await listed(refusal)).toEqual([]);
  expect(failures).toEqual([]);
});

test('with no days to keep them, there is nothing to write to', () => {
  expect(createRefusalLog(table, { keepDays: 0 }, () => {})).toBeUndefined();
});
