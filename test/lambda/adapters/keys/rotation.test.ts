import type { KeyRecord, KeyRecords } from '../../../../core/keys/ports.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { activeKey, start } from './some-keys.ts';

let aws: RunningAws;
let records: KeyRecords;
const rotation = { valueHash: 'c'.repeat(64), last4: 'wxyz', startedAt: start, graceEndsAt: start + 60_000 };

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  records = createDynamoKeys(openTable('records'));
});
afterAll(() => aws.close());

test.each<[string, (key: KeyRecord) => Promise<unknown>]>([
  ['its key ended', (key) => records.end(key, 'revoked', start)],
  ['it was undone', (key) => records.abandonRotation(key, rotation)],
])('once %s, a rotation can’t complete, and says so', async (_what, before) => {
  const key = { ...(await activeKey(records)), rotation };
  expect(await records.beginRotation(key, rotation)).toBe(true);
  await before(key);
  const left = await records.find(key.userId, key.keyId);
  expect(await records.completeRotation(key, rotation, 'gwnew')).toBeUndefined();
  expect(await records.find(key.userId, key.keyId)).toEqual(left);
  expect(await records.abandonRotation(key, rotation)).toBe(false);
});
