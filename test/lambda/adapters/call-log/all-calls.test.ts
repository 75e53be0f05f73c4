import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { AllCalls, AllCallsQuery, UserCall } from '../../../../core/metering/call-log.ts';
import { codeMatcher } from '../../../../core/metering/call-log.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

const start = Date.parse('2026-11-22T23:30:00Z');
const hour = 3_600_000;
let aws: RunningAws;
let table: Table;
let all: AllCalls;
let callsOn: typeof import('../../../../lambda/adapters/call-log/ledger.ts').callsOn;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createAllCalls } = await import('../../../../lambda/adapters/call-log/all-calls.ts');
  ({ callsOn } = await import('../../../../lambda/adapters/call-log/ledger.ts'));
  table = openTable('records');
  all = createAllCalls(table);
  // Sixty calls of seven users, every hour one, and between the newest and the rest some empty days.
  for (let at = 0; at < 60; at += 1) {
    const time = start - at * hour - (at < 10 ? 0 : 5 * 24 * hour);
    const userId = `u${at % 7}`;
    const sk = `LEDGER#${new Date(time).toISOString()}#c${at}`;
    const shown = {
      requestId: `r${at}`,
      keyId: `k${at % 7}`,
      model: at % 2 === 0 ? 'nova-lite' : 'nova-pro',
    };
    const code = at % 5 === 0 ? { code: 'quota_exceeded' } : {};
    const Item = {
      pk: `USER#${userId}`,
      sk,
      callsOn: callsOn(userId, time),
      mark: 'metered',
      ...shown,
      ...code,
    };
    await table.documents.send(new PutCommand({ TableName: 'records', Item }));
  }
});
afterAll(() => aws.close());

const span = { from: start - 30 * 24 * hour, to: start };

async function listed(query: Omit<AllCallsQuery, 'cursor'>) {
  const calls: UserCall[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await all.list({ ...query, cursor });
    expect(page.calls.length).toBeLessThanOrEqual(query.limit);
    calls.push(...page.calls);
    cursor = page.nextCursor ?? undefined;
    pages += 1;
  } while (cursor !== undefined && pages < 200);
  return calls.map(({ requestId }) => Number(requestId.slice(1)));
}
const from0to = (count: number) => Array.from({ length: count }, (_, at) => at);

test.each([1, 7, 10, 25, 100])('every call is listed once, newest first, in pages of %d', async (limit) => {
  expect(await listed({ ...span, limit })).toEqual(from0to(60));
});

test('each says whose it is', async () => {
  const { calls } = await all.list({ ...span, limit: 8 });
  expect(calls.map(({ userId }) => userId)).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u0']);
});

test('filters by key, model and status', async () => {
  expect(await listed({ ...span, limit: 5, keyId: 'k3' })).toEqual(from0to(60).filter((at) => at % 7 === 3));
  expect(await listed({ ...span, limit: 5, model: 'nova-pro' })).toEqual(
    from0to(60).filter((at) => at % 2 === 1),
  );
  const refused = { ...span, limit: 50, matchesCode: codeMatcher('429') };
  expect(await listed(refused)).toEqual(from0to(60).filter((at) => at % 5 === 0));
});

test('keeps to its time', async () => {
  expect(await listed({ from: start - 3 * hour, to: start - hour, limit: 2 })).toEqual([1, 2, 3]);
  expect(await listed({ from: start + hour, to: start, limit: 2 })).toEqual([]);
});

test.each(['x', '~', '2026-13-40T00:00:00.000Z~a', "2026-11-22T00:00:00.000Z~' OR 1"])(
  'a cursor that is none is refused: %s',
  async (cursor) => {
    await expect(all.list({ ...span, limit: 2, cursor })).rejects.toMatchObject({ code: 'invalid_request' });
  },
);
