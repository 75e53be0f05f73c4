import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { AdminUserRecords } from '../../../../core/admin/ports.ts';
import type { DueNotices, Notice } from '../../../../core/mail/notices.ts';
import type { Standings } from '../../../../core/reconcile/ports.ts';
import { newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let users: UserRecords;
let admins: AdminUserRecords;
let standings: Standings;
let due: DueNotices;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createAdminUsers } = await import('../../../../lambda/adapters/accounts/admin-users.ts');
  const { createDynamoStandings } = await import('../../../../lambda/adapters/accounts/standings.ts');
  const { createDueNotices } = await import('../../../../lambda/adapters/accounts/due-notices.ts');
  const table = openTable('records');
  users = createDynamoUsers(table);
  admins = createAdminUsers(table);
  standings = createDynamoStandings(table);
  due = createDueNotices(table);
});
afterAll(() => aws.close());

const someone = () => {
  const userId = newUserId();
  return { userId, email: `${userId}@example.com`, createdAt: start };
};
const ofUser = async (userId: string) => (await due.list()).filter((notice) => notice.userId === userId);

test('a change leaves its note, which one pass alone can claim, and put back', async () => {
  const user = someone();
  await admins.change(user, { suspended: true, notice: 'suspended' });
  const [notice] = await ofUser(user.userId);
  expect(notice).toEqual({
    kind: 'suspended',
    userId: user.userId,
    email: user.email,
    at: expect.any(Number),
  });
  const claims = await Promise.all([due.claim(notice as Notice), due.claim(notice as Notice)]);
  expect(claims.sort()).toEqual([false, true]);
  expect(await ofUser(user.userId)).toEqual([]);
  await due.release(notice as Notice);
  expect(await ofUser(user.userId)).toEqual([notice]);
});

test('a change that is refused leaves none', async () => {
  const user = someone();
  await users.beginDeletion(user.userId, start, { as: 'user' });
  expect(await admins.change(user, { suspended: true, notice: 'suspended' })).toBe(false);
  expect(await ofUser(user.userId)).toEqual([]);
});

test('a refusal is told although the account is deleted, once', async () => {
  const user = someone();
  const notice: Notice = { kind: 'refused', userId: user.userId, email: user.email, at: start };
  for (const at of [start, start + 1]) {
    await users.beginDeletion(user.userId, start, { as: 'admin', notice: { ...notice, at } });
  }
  await users.deleteAll(user.userId, start, () => true);
  expect(await ofUser(user.userId)).toEqual([notice]);
});

test('a closure is told if there is an address to tell it to', async () => {
  const [told, untold] = [someone(), someone()];
  for (const user of [told, untold]) await users.ensure(user);
  await standings.close(told.userId, 'ended', start, told.email);
  await standings.close(untold.userId, 'dormant', start, undefined);
  expect(await ofUser(told.userId)).toMatchObject([{ kind: 'ended', email: told.email }]);
  expect(await ofUser(untold.userId)).toEqual([]);
});

test('an end is told once, even by two passes, and not if it was put off meanwhile', async () => {
  const user = someone();
  const endsAt = start + 86_400_000;
  await admins.change(user, { endsAt });
  await standings.tellOfEnd({ ...user, endsAt: endsAt - 1 }, start);
  for (const at of [start, start + 1]) await standings.tellOfEnd({ ...user, endsAt }, at);
  expect(await ofUser(user.userId)).toMatchObject([{ kind: 'ends', endsAt, at: start }]);
});
