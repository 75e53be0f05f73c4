import type { SessionEnds, UserRecords } from '../../../../core/accounts/ports.ts';
import { newUserId } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let ends: SessionEnds;
let users: UserRecords;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoSessionEnds } = await import('../../../../lambda/adapters/accounts/session-ends.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  ends = createDynamoSessionEnds(openTable('records'));
  users = createDynamoUsers(openTable('records'));
});
afterAll(() => aws.close());

test('the latest end of a user’s sessions is found, and no other user’s', async () => {
  const [ada, bob] = [newUserId(), newUserId()];
  expect(await ends.lastOf(ada)).toEqual({ isDeleted: false, isSuspended: false, isWaiting: false });
  await ends.mark(ada, 1000);
  await ends.mark(ada, 2000);
  expect(await ends.lastOf(ada)).toEqual({
    at: 2000,
    isDeleted: false,
    isSuspended: false,
    isWaiting: false,
  });
  expect(await ends.lastOf(bob)).toEqual({ isDeleted: false, isSuspended: false, isWaiting: false });
});

test('recording it neither creates the user nor changes its other attributes', async () => {
  const userId = newUserId();
  await ends.mark(userId, 1000);
  const user = { userId, email: 'ada@example.com', createdAt: 5 };
  expect(await users.ensure(user)).toMatchObject({ ...user, status: 'active' });
  await ends.mark(userId, 2000);
  expect(await users.ensure(user)).toMatchObject({ ...user, status: 'active' });
  expect(await ends.lastOf(userId)).toMatchObject({ at: 2000 });
});

test('a deletion is seen from its beginning on, and when it is done', async () => {
  const userId = newUserId();
  await users.ensure({ userId, email: 'ada@example.com', createdAt: 5 });
  expect((await ends.lastOf(userId)).isDeleted).toBe(false);
  await users.beginDeletion(userId, 1, { as: 'user' });
  expect((await ends.lastOf(userId)).isDeleted).toBe(true);
  await users.deleteAll(userId, 1, () => true);
  expect((await ends.lastOf(userId)).isDeleted).toBe(true);
});
