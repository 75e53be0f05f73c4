import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { KeyRecords } from '../../../../core/keys/ports.ts';
import type { KeptKey, KeptKeys } from '../../../../core/provider-keys/kept-keys.ts';
import { activeKey, endKey, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let records: KeyRecords;
let users: UserRecords;
let kept: KeptKeys;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createKeptKeys } = await import('../../../../lambda/adapters/provider-keys/dynamo-kept-keys.ts');
  const table = openTable('records');
  records = createDynamoKeys(table);
  users = createDynamoUsers(table);
  kept = createKeptKeys(table);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

const sealed = (scope: string, provider: string): KeptKey => ({
  scope,
  provider,
  host: 'api.example.com',
  last4: '1234',
  sealed: 'x',
  createdAt: start,
});

/** Two keys of a user, each with provider keys, and one of the account. */
async function keysWithKept() {
  const key = await activeKey(records);
  const { userId } = key;
  await users.ensure({ userId, email: 'ada@example.com', createdAt: start });
  const other = await activeKey(records, undefined, { userId, plan: '20-per-day' });
  for (const [scope, provider] of [
    [key.keyId, 'openai'],
    [key.keyId, 'anthropic'],
    [other.keyId, 'openai'],
    ['account', 'openai'],
  ] as const) {
    expect(await kept.put(userId, sealed(scope, provider))).toBe(true);
  }
  const left = async () => {
    const names = [key.keyId, other.keyId, 'account'].flatMap((scope) =>
      ['openai', 'anthropic'].map((provider) => ({ userId, scope, provider })),
    );
    const found = await Promise.all(names.map((name) => kept.find(name)));
    return found.flatMap((one) => (one === undefined ? [] : [`${one.scope} ${one.provider}`])).sort();
  };
  return { key, left, others: [`${other.keyId} openai`, 'account openai'].sort() };
}

test.each(['revoked', 'expired'] as const)('the provider keys of a key go when it is %s', async (status) => {
  const { key, left, others } = await keysWithKept();
  await endKey(records, key, status);
  expect(await left()).toEqual(others);
  expect(await kept.put(key.userId, sealed(key.keyId, 'openai'))).toBe(false);
});

test('if deleting them fails, the key’s place stays taken until the end is finished', async () => {
  const { key, left, others } = await keysWithKept();
  await records.end(key, 'revoked', start);
  const fault = {
    service: 'dynamodb',
    operation: 'DeleteItem',
    kind: 'error',
    error: 'AccessDeniedException',
  };
  aws.faults.replace([{ ...fault, skip: 1 }]);
  await expect(records.release(key)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect((await records.find(key.userId, key.keyId))?.closing).toBe(true);
  aws.faults.replace([]);
  await records.release(key);
  expect(await left()).toEqual(others);
  expect((await records.find(key.userId, key.keyId))?.closing).toBeUndefined();
});
