import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { AuditLog } from '../../../../core/audit.ts';
import type { KeyRecords } from '../../../../core/keys/ports.ts';
import type { KeptKey, KeptKeys } from '../../../../core/provider-keys/kept-keys.ts';
import type { Table } from '../../../../lambda/adapters/table.ts';
import { activeKey, newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let table: Table;
let kept: KeptKeys;
let users: UserRecords;
let records: KeyRecords;
let audit: AuditLog;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createKeptKeys } = await import('../../../../lambda/adapters/provider-keys/dynamo-kept-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createAuditLog } = await import('../../../../lambda/adapters/audit/audit-log.ts');
  table = openTable('records');
  kept = createKeptKeys(table);
  users = createDynamoUsers(table);
  records = createDynamoKeys(table);
  audit = createAuditLog(table);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

const keyOf = (scope: string): KeptKey => ({
  scope,
  provider: 'openai',
  host: 'api.openai.com',
  last4: 'wxyz',
  sealed: 'c2VhbGVk',
  createdAt: start,
});

async function newUser() {
  const userId = newUserId();
  await users.ensure({ userId, email: 'ada@example.com', createdAt: start });
  return userId;
}

async function trailOf(subject: string) {
  const { events } = await audit.list({ from: '2020-01-01', to: '2099-01-01', limit: 100, subject });
  return events.map(({ action, keyId, detail }) => ({ action, keyId, detail })).toReversed();
}

test('keeping and deleting are each told with the provider, and nothing of the key', async () => {
  const userId = await newUser();
  const { keyId } = await activeKey(records, { requestsPerDay: 10 }, { userId });
  await kept.put(userId, keyOf('account'));
  await kept.put(userId, keyOf(keyId));
  await kept.delete({ userId, scope: 'account', provider: 'openai' });
  expect(await trailOf(userId)).toEqual([
    expect.objectContaining({ action: 'key.created' }),
    { action: 'provider_key.kept', keyId: null, detail: { provider: 'openai' } },
    { action: 'provider_key.kept', keyId, detail: { provider: 'openai' } },
    { action: 'provider_key.deleted', keyId: null, detail: { provider: 'openai' } },
  ]);
  expect(JSON.stringify(await trailOf(userId))).not.toMatch(/wxyz|c2VhbGVk/);
});

test('what is refused, or was not there, is not told', async () => {
  const userId = await newUser();
  expect(await kept.put(newUserId(), keyOf('account'))).toBe(false);
  expect(await kept.put(userId, keyOf('key_none'))).toBe(false);
  expect(await kept.delete({ userId, scope: 'account', provider: 'openai' })).toBeUndefined();
  expect(await trailOf(userId)).toEqual([]);
});

test('without the trail, nothing is kept and nothing deleted', async () => {
  const userId = await newUser();
  const name = { userId, scope: 'account', provider: 'openai' };
  const failing = () =>
    aws.faults.replace([{ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'error' }]);
  failing();
  await expect(kept.put(userId, keyOf('account'))).rejects.toThrow();
  aws.faults.replace([]);
  expect(await kept.find(name)).toBeUndefined();
  await kept.put(userId, keyOf('account'));
  failing();
  await expect(kept.delete(name)).rejects.toThrow();
  aws.faults.replace([]);
  expect(await kept.find(name)).toMatchObject({ last4: 'wxyz' });
  expect((await trailOf(userId)).map(({ action }) => action)).toEqual(['provider_key.kept']);
});
