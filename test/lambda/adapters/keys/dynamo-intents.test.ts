import type { UserRecords } from '../../../../core/accounts/ports.ts';
import type { KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';
import type { Intent, Intents } from '../../../../core/reconcile/ports.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { activeKey, newUserId, someIntent, start } from './some-keys.ts';

let aws: RunningAws;
let intents: Intents;
let records: KeyRecords;
let users: UserRecords;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoIntents } = await import('../../../../lambda/adapters/keys/dynamo-intents.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoUsers } = await import('../../../../lambda/adapters/accounts/dynamo-users.ts');
  const table = openTable('records');
  intents = createDynamoIntents(table);
  records = createDynamoKeys(table);
  users = createDynamoUsers(table);
});
afterAll(() => aws.close());

async function intentOf(subject: string): Promise<Intent | undefined> {
  return (await Array.fromAsync(intents.list())).find((intent) => intent.subject === subject);
}

const rotation = (at: number) => ({
  valueHash: `hash${at}`,
  last4: 'abcd',
  startedAt: at,
  graceEndsAt: at + 1000,
});
const change = (at: number) => ({ id: `change${at}`, plan: '20-per-day', startedAt: at });

/** Begins an operation of each kind; the second time it stands already. */
const operations: Record<string, (key: KeyRecord, at: number) => Promise<unknown>> = {
  rotate: (key, at) => records.beginRotation(key, rotation(at)),
  'change-plan': (key, at) => records.beginPlanChange(key, change(at), 3),
  end: (key, at) => records.end(key, 'revoked', at),
  'delete-user': ({ userId }, at) => users.beginDeletion(userId, at, { as: 'user' }),
};

test.each(Object.keys(operations))(
  'an intent to %s keeps its time and failures if the operation is asked for again',
  async (kind) => {
    const key = await activeKey(records);
    const { userId } = key;
    const subject = kind === 'delete-user' ? userId : key.keyId;
    const begin = operations[kind] as (key: KeyRecord, at: number) => Promise<unknown>;
    await begin(key, start + 1);
    for (const failures of [1, 2]) {
      expect(await intents.countFailure({ subject, userId }, start + 500)).toBe(failures);
      await begin(key, start + 1000 * failures);
      expect(await intentOf(subject)).toMatchObject({ kind, userId, since: start + 1, failures });
    }
  },
);

test('another operation on the same key begins with no failures', async () => {
  const key = await activeKey(records);
  await records.beginRotation(key, rotation(start + 1));
  await intents.countFailure({ subject: key.keyId, userId: key.userId }, start);
  await records.end(key, 'revoked', start + 2);
  const intent = await intentOf(key.keyId);
  expect(intent).toMatchObject({ kind: 'end', since: start + 2 });
  expect(intent?.failures).toBeUndefined();
});

test('a deletion marks its user again if the mark is gone while the intent remains', async () => {
  const userId = newUserId();
  await users.beginDeletion(userId, start, { as: 'user' });
  await users.deleteAll(userId, start, () => true);
  await users.beginDeletion(userId, start + 1, { as: 'user' });
  expect((await users.ensure({ userId, email: 'ada@example.com', createdAt: 2 })).status).toBe('deleting');
  expect(await intentOf(userId)).toMatchObject({ since: start });
});

test('a failure without an intent is recorded as a repair', async () => {
  const subject = { subject: `gw${newUserId()}`, userId: newUserId() };
  expect(await intents.countFailure(subject, start)).toBe(1);
  expect(await intents.countFailure(subject, start + 1)).toBe(2);
  expect(await intentOf(subject.subject)).toMatchObject({
    ...subject,
    kind: 'repair',
    since: start,
    failures: 2,
  });
});

test('removing an intent spares one that a later operation put in its place', async () => {
  const key = await activeKey(records);
  await records.beginRotation(key, rotation(start + 1));
  const rotating = (await intentOf(key.keyId)) as Intent;
  await records.end(key, 'revoked', start + 2);
  await intents.remove(rotating);
  const ending = (await intentOf(key.keyId)) as Intent;
  expect(ending.kind).toBe('end');
  await intents.remove(ending);
  await intents.remove(ending);
  expect(await intentOf(key.keyId)).toBeUndefined();
});

test('a creation leaves its intent under an id of its own', async () => {
  const record = await records.reserve(someIntent(), 1);
  expect(await intentOf(record?.keyId ?? '')).toMatchObject({ kind: 'create', since: start });
});
