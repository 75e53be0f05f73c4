import type { AuditLog, AuditQuery } from '../../../../core/audit.ts';
import type { KeyRecords } from '../../../../core/keys/ports.ts';
import { acting } from '../../../../lambda/acting.ts';
import { activeKey, endKey, newUserId, start } from '../keys/some-keys.ts';
import { type RunningAws, startTable } from '../start-aws.ts';

let aws: RunningAws;
let keys: KeyRecords;
let audit: AuditLog;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createAuditLog } = await import('../../../../lambda/adapters/audit/audit-log.ts');
  const table = openTable('records');
  keys = createDynamoKeys(table);
  audit = createAuditLog(table);
});
afterAll(() => aws.close());
afterEach(() => aws.faults.replace([]));

const today = new Date(start).toISOString().slice(0, 10);
const query = (parts: Partial<AuditQuery> = {}): AuditQuery => ({
  from: today,
  to: today,
  limit: 100,
  ...parts,
});
const by = (actorId: string, as: 'user' | 'admin' = 'user') => ({
  as,
  actorId,
  address: '192.0.2.1',
  requestId: 'req=',
});

test('what is done to a key is told with who, whom, when and from where, and holds no secret', async () => {
  const userId = newUserId();
  const admin = newUserId();
  const key = await acting(by(userId), () => activeKey(keys, undefined, { userId }));
  await acting(by(admin, 'admin'), () => endKey(keys, key, 'revoked', start + 5));
  const { events } = await audit.list(query({ subject: userId }));
  const about = { userId, keyId: key.keyId, address: '192.0.2.1', requestId: 'req=' };
  expect(events).toMatchObject([
    { ...about, action: 'key.revoked', at: start + 5, as: 'admin', actorId: admin, detail: {} },
    { ...about, action: 'key.created', at: start, as: 'user', actorId: userId, detail: { plan: key.plan } },
  ]);
  for (const secret of [key.valueHash, key.name]) expect(JSON.stringify(events)).not.toContain(secret);
});

test('it is found by subject, by actor, by both, and in the list of all', async () => {
  const [userId, admin] = [newUserId(), newUserId()];
  const key = await acting(by(userId), () => activeKey(keys, undefined, { userId }));
  await acting(by(admin, 'admin'), () => endKey(keys, key));
  const actions = async (parts: Partial<AuditQuery>) =>
    (await audit.list(query(parts))).events.map(({ action }) => action).toSorted();
  expect(await actions({ subject: userId })).toEqual(['key.created', 'key.revoked']);
  expect(await actions({ actor: admin })).toEqual(['key.revoked']);
  expect(await actions({ actor: userId, subject: userId })).toEqual(['key.created']);
  const all = (await audit.list(query({ limit: 1000 }))).events;
  expect(all.filter(({ keyId }) => keyId === key.keyId)).toHaveLength(2);
});

test('a creation that is undone after all is told to have been', async () => {
  const userId = newUserId();
  const key = await activeKey(keys, undefined, { userId });
  await keys.abandon(key, key.apiKeyId);
  const { events } = await audit.list(query({ subject: userId, to: '2999-01-01' }));
  expect(events.map(({ action }) => action)).toEqual(['key.undone', 'key.created']);
});

test('what runs by itself is told as the system’s', async () => {
  const userId = newUserId();
  await endKey(keys, await activeKey(keys, undefined, { userId }), 'expired');
  const { events } = await audit.list(query({ subject: userId }));
  expect(events[0]).toMatchObject({ as: 'system', actorId: null, address: null });
});

test('pages go through all days and events once, the newest first', async () => {
  const userId = newUserId();
  const day = 86_400_000;
  for (const createdAt of [start - 2 * day, start - day, start]) {
    await activeKey(keys, undefined, { userId, createdAt });
    await activeKey(keys, undefined, { userId, createdAt });
  }
  const from = new Date(start - 2 * day).toISOString().slice(0, 10);
  for (const parts of [{}, { subject: userId }]) {
    const seen: { id: string; at: number }[] = [];
    let cursor: string | undefined;
    do {
      const page = await audit.list(query({ ...parts, from, limit: 2, cursor }));
      seen.push(...page.events);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(6);
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => b - a));
  }
});

test.each(['x', '2026-11-22T10:00:00.000Z~evt_', `2027-01-01T00:00:00.000Z~evt_${'0'.repeat(20)}`])(
  'the cursor %j is refused',
  async (cursor) => {
    await expect(audit.list(query({ cursor }))).rejects.toMatchObject({ param: 'cursor' });
  },
);

test('what could not be told is not done: both are written or neither', async () => {
  const userId = newUserId();
  const key = await activeKey(keys, undefined, { userId });
  // Every event of this actor would overwrite one that is there.
  const { auditWrites } = await import('../../../../lambda/adapters/audit/audit-writes.ts');
  const writes = auditWrites({ name: 'records' } as never, { action: 'key.revoked', userId, at: start });
  expect(writes.map(({ Put }) => Put?.ConditionExpression)).toEqual(
    writes.map(() => 'attribute_not_exists(pk)'),
  );
  aws.faults.replace([{ service: 'dynamodb', operation: 'TransactWriteItems', kind: 'error' }]);
  await expect(keys.end(key, 'revoked', start)).rejects.toThrow();
  aws.faults.replace([]);
  expect((await keys.find(userId, key.keyId))?.status).toBe('active');
  expect((await audit.list(query({ subject: userId }))).events).toHaveLength(1);
});
