import type { SessionEnds, UserRecords } from '../../../../core/accounts/ports.ts';
import type { AdminUserRecords } from '../../../../core/admin/ports.ts';
import type { Standings } from '../../../../core/reconcile/ports.ts';
import { newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let users: UserRecords;
let admins: AdminUserRecords;
let ends: SessionEnds;
let standings: Standings;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createAdminUsers } = await import('../../../../lambda/adapters/accounts/admin-users.ts');
  const { createDynamoSessionEnds } = await import('../../../../lambda/adapters/accounts/session-ends.ts');
  const { createDynamoStandings } = await import('../../../../lambda/adapters/accounts/standings.ts');
  const table = openTable('records');
  const policy = { approval: 'admin' } as const;
  users = createDynamoUsers(table, policy);
  admins = createAdminUsers(table, policy);
  ends = createDynamoSessionEnds(table, policy);
  standings = createDynamoStandings(table);
});
afterAll(() => aws.close());

const someone = () => {
  const userId = newUserId();
  return { userId, email: `${userId}@example.com`, createdAt: start };
};
const statusOf = async (user: ReturnType<typeof someone>) => (await users.ensure(user)).status;

describe('where an admin approves new users', () => {
  test('they wait from before their first call until they are approved', async () => {
    const user = someone();
    expect(await ends.lastOf(user.userId)).toMatchObject({ isWaiting: true });
    expect(await statusOf(user)).toBe('waiting');
    expect(await admins.change(user, { approved: true })).toBe(true);
    expect(await statusOf(user)).toBe('active');
    expect(await ends.lastOf(user.userId)).toMatchObject({ isWaiting: false, isSuspended: false });
  });

  test('one who never called is approved too, and approving again changes nothing', async () => {
    const user = someone();
    await admins.change(user, { approved: true });
    await admins.change(user, { approved: true });
    expect(await statusOf(user)).toBe('active');
  });

  test('no other change lets them in', async () => {
    const user = someone();
    await admins.change(user, { allowedPlans: ['10-per-day'], limits: { requestsPerDay: 1 }, endsAt: start });
    expect(await statusOf(user)).toBe('waiting');
    await standings.restore(user.userId);
    expect(await statusOf(user)).toBe('waiting');
  });

  test('approving ends no suspension and no deletion', async () => {
    const [suspended, deleting] = [someone(), someone()];
    await admins.change(suspended, { suspended: true });
    expect(await admins.change(suspended, { approved: true })).toBe(false);
    await users.ensure(deleting);
    await users.beginDeletion(deleting.userId, start, { as: 'user' });
    expect(await admins.change(deleting, { approved: true })).toBe(false);
    expect([await statusOf(suspended), await statusOf(deleting)]).toEqual(['suspended', 'deleting']);
  });
});

describe('an account that was closed', () => {
  async function closed(because: 'ended' | 'dormant') {
    const user = someone();
    await admins.change(user, { approved: true });
    await standings.close(user.userId, because, start, undefined);
    return user;
  }

  test('as dormant is opened again by its user, and not if it has ended or an admin suspended it', async () => {
    const [dormant, ended, suspended] = [
      await closed('dormant'),
      await closed('ended'),
      await closed('dormant'),
    ];
    await admins.change(suspended, { suspended: true });
    for (const { userId } of [dormant, ended, suspended]) await users.reopen(userId, start);
    expect([await statusOf(dormant), await statusOf(ended), await statusOf(suspended)]).toEqual([
      'active',
      'suspended',
      'suspended',
    ]);
    expect((await admins.read([dormant.userId])).get(dormant.userId)).toMatchObject({ keysHeld: true });
  });

  test('is opened by an admin, with nothing left of the closing', async () => {
    const user = await closed('ended');
    await admins.change(user, { suspended: false });
    const record = (await admins.read([user.userId])).get(user.userId);
    expect(record).toMatchObject({ status: 'active' });
    expect(record).not.toHaveProperty('closedBecause');
  });

  test('by its end counts as suspended from that moment, before any reconciler comes', async () => {
    const user = someone();
    await admins.change(user, { approved: true, endsAt: Date.now() + 3_600_000 });
    expect(await ends.lastOf(user.userId)).toMatchObject({ isSuspended: false });
    await admins.change(user, { endsAt: Date.now() - 1000 });
    expect(await ends.lastOf(user.userId)).toMatchObject({ isSuspended: true });
  });
});
