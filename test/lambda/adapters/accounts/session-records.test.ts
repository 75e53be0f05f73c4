import type { SessionEnds } from '../../../../core/accounts/ports.ts';
import type { SessionRecords } from '../../../../core/accounts/session-records.ts';
import { sessionSeconds } from '../../../../core/contract/accounts/session-life.ts';
import { newUserId } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let ends: SessionEnds;
let records: SessionRecords;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoSessionEnds } = await import('../../../../lambda/adapters/accounts/session-ends.ts');
  const { createSessionRecords } = await import('../../../../lambda/adapters/accounts/session-records.ts');
  ends = createDynamoSessionEnds(openTable('records'));
  records = createSessionRecords(openTable('records'));
});
afterAll(() => aws.close());

const one = { id: 'ses_one', createdAt: 1000, lastUsedAt: 1000, browser: 'Firefox on Linux' };

test('a session is kept, found and listed for its user alone, and used again', async () => {
  const [ada, bob] = [newUserId(), newUserId()];
  await records.keep(ada, one);
  await records.keep(ada, { ...one, id: 'ses_two', browser: undefined });
  await records.keep(ada, { ...one, lastUsedAt: 2000 });
  expect(await records.find(ada, 'ses_one')).toEqual({ ...one, lastUsedAt: 2000 });
  expect(await records.list(ada)).toEqual([
    { ...one, lastUsedAt: 2000 },
    { id: 'ses_two', createdAt: 1000, lastUsedAt: 1000 },
  ]);
  expect(await records.find(bob, 'ses_one')).toBeUndefined();
  expect(await records.list(bob)).toEqual([]);
  await records.close(ada, 'ses_two', 3000);
  expect(await records.find(ada, 'ses_two')).toMatchObject({ endedAt: 3000 });
  await records.close(ada, 'ses_none', 3000);
  expect(await records.list(ada)).toHaveLength(2);
});

test('what ended stays so when it is used, and its tokens are named until they have all expired', async () => {
  const userId = newUserId();
  for (const id of ['ses_one', 'ses_two', 'ses_three']) await records.keep(userId, { ...one, id });
  await records.end(userId, 'ses_one', 5000);
  await records.end(userId, 'ses_one', 6000);
  await records.keep(userId, { ...one, lastUsedAt: 7000 });
  expect(await records.find(userId, 'ses_one')).toMatchObject({ endedAt: 5000 });
  await records.end(userId, 'ses_two', 8000);
  expect((await ends.lastOf(userId)).ended?.toSorted()).toEqual(['ses_one', 'ses_two']);
  await records.end(userId, 'ses_three', 8000 + (sessionSeconds + 1) * 1000);
  expect((await ends.lastOf(userId)).ended).toEqual(['ses_three']);
});
