import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionEnds, UserRecords } from '../../../../core/accounts/ports.ts';
import type { AdminUserRecords } from '../../../../core/admin/ports.ts';
import { personOf } from '../../../../core/keys/places.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let table: Table;
let users: UserRecords;
let admins: AdminUserRecords;
let ends: SessionEnds;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createAdminUsers } = await import('../../../../lambda/adapters/accounts/admin-users.ts');
  const { createDynamoSessionEnds } = await import('../../../../lambda/adapters/accounts/session-ends.ts');
  table = openTable('records', 60);
  users = createDynamoUsers(table);
  admins = createAdminUsers(table);
  ends = createDynamoSessionEnds(table);
});
afterAll(() => aws.close());

const day = 86_400_000;
const set = { allowedPlans: ['10-per-day'], limits: { requestsPerDay: 3, spendPerMonth: 2 } };

function newAccount(email = `${randomUUID()}@example.com`) {
  return { userId: newUserId(), email, createdAt: start };
}
type Account = ReturnType<typeof newAccount>;

async function leave({ userId }: Account, by?: 'admin') {
  await users.beginDeletion(userId, start, { as: by ?? 'user' });
  expect(await users.deleteAll(userId, start, () => true)).toBe(true);
}

async function keptOf({ email }: Account) {
  const query = new QueryCommand({
    TableName: 'records',
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `PERSON#${personOf(email)}` },
  });
  return (await table.documents.send(query)).Items ?? [];
}

describe('whoever deletes the account and signs up again with the address', () => {
  test('still has the plans, limits and end that an admin set', async () => {
    const before = newAccount();
    await users.ensure(before);
    await admins.change(before, { ...set, endsAt: start + day });
    await leave(before);
    const after = newAccount(before.email.toUpperCase());
    const record = await users.ensure(after);
    expect(record).toMatchObject({ ...set, endsAt: start + day, status: 'active', userId: after.userId });
    // Keys are made with them.
    expect(record.limitsChangedAt).toBe(start);
  });

  test('has what was set last, and no more', async () => {
    const before = newAccount();
    await admins.change(before, { ...set, endsAt: start + day });
    await admins.change(before, { limits: { tokensPerDay: 5 }, allowedPlans: null, endsAt: null });
    await leave(before);
    const record = await users.ensure(newAccount(before.email));
    expect(record).toMatchObject({ limits: { tokensPerDay: 5 } });
    expect(record).not.toHaveProperty('allowedPlans');
    expect(record).not.toHaveProperty('endsAt');
  });

  test('finds them again after leaving twice', async () => {
    const accounts = [newAccount()];
    const [{ email }] = accounts as [Account];
    await admins.change(accounts[0] as Account, set);
    for (const account of [accounts[0] as Account, newAccount(email)]) {
      await users.ensure(account);
      await leave(account);
    }
    expect(await users.ensure(newAccount(email))).toMatchObject(set);
  });

  test('has them although an admin changes something else before the first call', async () => {
    const before = newAccount();
    await admins.change(before, set);
    await leave(before);
    const after = newAccount(before.email);
    await admins.change(after, { endsAt: start + day });
    expect(await users.ensure(after)).toMatchObject({ ...set, endsAt: start + day });
  });

  test('is free of what an admin has taken back in the new account', async () => {
    const before = newAccount();
    await admins.change(before, set);
    await leave(before);
    const after = newAccount(before.email);
    await users.ensure(after);
    await admins.change(after, { limits: null, allowedPlans: null });
    await leave(after);
    const record = await users.ensure(newAccount(before.email));
    expect(record).not.toHaveProperty('limits');
    expect(record).not.toHaveProperty('allowedPlans');
  });

  test('is free of them if an admin deleted the account', async () => {
    const before = newAccount();
    await admins.change(before, { ...set, suspended: true });
    await leave(before, 'admin');
    expect(await keptOf(before)).toEqual([]);
    const record = await users.ensure(newAccount(before.email));
    expect(record).toMatchObject({ status: 'active' });
    expect(record).not.toHaveProperty('limits');
  });

  test('gives nothing to others', async () => {
    const before = newAccount();
    await admins.change(before, set);
    await leave(before);
    expect(await users.ensure(newAccount())).not.toHaveProperty('limits');
  });
});

describe('a suspended user', () => {
  test('can’t leave, even by a call that was let in just before', async () => {
    const account = newAccount();
    await users.ensure(account);
    await admins.change(account, { suspended: true });
    await expect(users.beginDeletion(account.userId, start, { as: 'user' })).rejects.toMatchObject({
      code: 'user_suspended',
    });
    expect((await users.ensure(account)).status).toBe('suspended');
  });

  test('is suspended in a new account too, if the old one is gone from the directory', async () => {
    const account = newAccount();
    await admins.change(account, { suspended: true });
    const again = newAccount(account.email);
    expect((await users.ensure(again)).status).toBe('suspended');
    expect(await ends.lastOf(again.userId)).toMatchObject({ isSuspended: true });
    await admins.change(again, { suspended: false });
    expect((await users.ensure(newAccount(account.email))).status).toBe('active');
  });
});

describe('of an address whose account is gone', () => {
  test('nothing is kept if an admin set nothing', async () => {
    const account = newAccount();
    await users.ensure(account);
    await leave(account);
    expect(await keptOf(account)).toEqual([]);
  });

  test('what an admin set is kept without the address, and as long as the audit trail has the deletion', async () => {
    const account = newAccount();
    await admins.change(account, set);
    expect((await keptOf(account))[0]).not.toHaveProperty('ttl');
    await leave(account);
    const kept = await keptOf(account);
    expect(kept).toMatchObject([{ ttl: (start + 60 * day) / 1000 }]);
    expect(JSON.stringify(kept)).not.toContain(account.email.split('@')[0]);
  });

  test('it is kept for as long as the new account is there', async () => {
    const account = newAccount();
    await admins.change(account, set);
    await leave(account);
    await users.ensure(newAccount(account.email));
    expect((await keptOf(account))[0]).not.toHaveProperty('ttl');
  });

  test('it is no longer used once that time is over, even if it is still there', async () => {
    const account = newAccount();
    await admins.change(account, set);
    await leave(account);
    const late = { ...newAccount(account.email), createdAt: start + 61 * day };
    expect(await users.ensure(late)).not.toHaveProperty('limits');
  });
});
