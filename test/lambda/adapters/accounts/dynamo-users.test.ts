import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { newUserId, someIntent } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let table: Table;
let users: UserRecords;
let reserve: (userId: string) => Promise<unknown>;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  table = openTable('records');
  users = createDynamoUsers(table);
  reserve = (userId) => createDynamoKeys(table).reserve(someIntent({ userId, plan: randomUUID() }), 1);
});
afterAll(() => aws.close());

async function countOf(userId: string): Promise<number | undefined> {
  const query = new QueryCommand({
    TableName: 'records',
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `USER#${userId}` },
  });
  return (await table.documents.send(query)).Count;
}

test('a user is recorded on the first call, and keeps that day', async () => {
  const userId = newUserId();
  const first = { userId, email: 'ada@example.com', status: 'active', createdAt: 1 };
  expect(await users.ensure({ userId, email: 'ada@example.com', createdAt: 1 })).toMatchObject(first);
  expect(await users.ensure({ userId, email: 'new@example.com', createdAt: 2 })).toMatchObject({
    ...first,
    email: 'new@example.com',
  });
});

test('a user being deleted stays so, whatever calls come', async () => {
  const userId = newUserId();
  await users.ensure({ userId, email: 'ada@example.com', createdAt: 1 });
  await users.beginDeletion(userId, 1, { as: 'user' });
  expect((await users.ensure({ userId, email: 'ada@example.com', createdAt: 2 })).status).toBe('deleting');
});

test('a deletion that runs out of time goes on with the rest', async () => {
  const userId = newUserId();
  await users.ensure({ userId, email: 'ada@example.com', createdAt: 1 });
  for (let key = 0; key < 160; key += 1) await reserve(userId);
  let asked = 0;
  expect(await users.deleteAll(userId, 1, () => ++asked <= 1)).toBe(false);
  const left = await countOf(userId);
  expect(left).toBeGreaterThan(1);
  expect(left).toBeLessThan(161);
  expect(await users.deleteAll(userId, 1, () => true)).toBe(true);
  expect(await countOf(userId)).toBe(1);
});

test('a deletion leaves nothing of a user, and everything of others', async () => {
  const [ada, bob] = [newUserId(), newUserId()];
  for (const userId of [ada, bob]) await users.ensure({ userId, email: 'a@example.com', createdAt: 1 });
  for (let key = 0; key < 30; key += 1) await reserve(ada);
  expect(await countOf(ada)).toBe(31);
  await users.deleteAll(ada, 1, () => true);
  await users.deleteAll(ada, 1, () => true);
  // What says that the account is gone.
  expect(await countOf(ada)).toBe(1);
  expect(await countOf(bob)).toBe(1);
});
