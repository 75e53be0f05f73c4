import { randomUUID } from 'node:crypto';
import type { KeyRecords, OwnSettings } from '../../../../core/keys/ports.ts';
import type { Meter } from '../../../../core/metering/ports.ts';
import { type RunningAws, startTable } from '../start-aws.ts';
import { activeKey, endKey, start } from './some-keys.ts';

let aws: RunningAws;
let records: KeyRecords;
let meter: Meter;

beforeAll(async () => {
  aws = await startTable();
  const { openTable } = await import('../../../../lambda/adapters/sdk-table.ts');
  const { createDynamoKeys } = await import('../../../../lambda/adapters/keys/dynamo-keys.ts');
  const { createDynamoMeter } = await import('../../../../lambda/adapters/meter/dynamo-meter.ts');
  const table = openTable('records');
  records = createDynamoKeys(table);
  meter = createDynamoMeter(table);
});
afterAll(() => aws.close());

const settings: OwnSettings = {
  name: 'phone',
  expiresAt: start + 1000,
  limits: { requestsPerDay: 2 },
  models: ['nova-lite'],
  allowedHosts: ['app.example.com'],
  requiresProviderKey: true,
};
const limits = { requestsPerDay: 2, models: ['nova-lite'], allowedHosts: ['app.example.com'] };
const charge = (apiKeyId: string, now = start) => meter.charge({ apiKeyId, requestId: randomUUID(), now });

test('changed settings hold at the gate from the next call on, and can be taken away', async () => {
  const key = await activeKey(records);
  expect(await charge(key.apiKeyId)).toMatchObject({ outcome: 'charged', charge: { models: undefined } });
  expect(await records.changeSettings(key, settings, limits)).toBe(true);
  expect(await records.find(key.userId, key.keyId)).toMatchObject({ ...settings });
  expect(await charge(key.apiKeyId)).toMatchObject({
    outcome: 'charged',
    charge: { models: ['nova-lite'], allowedHosts: ['app.example.com'], requiresProviderKey: true },
  });
  expect(await charge(key.apiKeyId)).toMatchObject({ outcome: 'exceeded', unit: 'requests' });
  expect(await charge(key.apiKeyId, start + 1000)).toEqual({ outcome: 'unknown_key' });
  const none = { name: 'phone', expiresAt: undefined, limits: undefined, models: undefined };
  const plain: OwnSettings = { ...none, allowedHosts: undefined, requiresProviderKey: undefined };
  expect(await records.changeSettings(key, plain, { requestsPerDay: 10 })).toBe(true);
  expect(await charge(key.apiKeyId, start + 1000)).toMatchObject({
    outcome: 'charged',
    charge: { models: undefined, allowedHosts: undefined, requiresProviderKey: undefined },
  });
});

test('limits for each client address come and go', async () => {
  const key = await activeKey(records, { requestsPerDay: 10 });
  const perClient = { requestsPerDay: 1 };
  const own = { ...settings, expiresAt: undefined, limits: { perClient } };
  expect(await records.changeSettings(key, own, { requestsPerDay: 10, perClient })).toBe(true);
  const from = (clientAddress: string) =>
    meter.charge({ apiKeyId: key.apiKeyId, requestId: randomUUID(), now: start, clientAddress });
  expect((await from('192.0.2.1')).outcome).toBe('charged');
  expect((await from('192.0.2.1')).outcome).toBe('exceeded');
  expect(await records.changeSettings(key, { ...own, limits: undefined }, { requestsPerDay: 10 })).toBe(true);
  expect((await from('192.0.2.1')).outcome).toBe('charged');
});

test('a key that has ended, or moved, keeps what it has', async () => {
  const ended = await activeKey(records);
  await endKey(records, ended);
  expect(await records.changeSettings(ended, settings, limits)).toBe(false);
  const key = await activeKey(records);
  expect(await records.changeSettings({ ...key, plan: 'other' }, settings, limits)).toBe(false);
  expect(await records.find(key.userId, key.keyId)).toMatchObject({ name: 'laptop' });
});
