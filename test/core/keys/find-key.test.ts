import { findKeyInHand, type KeyInHandPorts } from '../../../core/keys/find-key.ts';
import { hashKeySecret, newKeySecret } from '../../../core/keys/key-secret.ts';
import type { KeyCounters, KeyRecord } from '../../../core/keys/ports.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const secret = newKeySecret();
const counters: KeyCounters = { usedByWindow: {}, limits: { requestsPerDay: 10 } };
const record: KeyRecord = {
  keyId: 'key_1',
  userId: 'u1',
  name: 'k',
  plan: '10-per-day',
  status: 'active',
  valueHash: hashKeySecret(secret),
  last4: secret.slice(-4),
  slot: 1,
  createdAt: now - 1000,
  apiKeyId: 'a1',
};

function portsFor(found: KeyRecord | undefined, metered = new Map([['a1', counters]])) {
  const asked: string[] = [];
  const ports: KeyInHandPorts = {
    records: {
      findByHash: async (hash) => {
        asked.push(hash);
        return hash === record.valueHash ? found : undefined;
      },
    },
    meters: { read: async () => metered },
    clock: { now: () => now },
  };
  return { ports, asked };
}

test.each([
  { 'x-api-key': secret },
  { authorization: `Bearer ${secret}` },
  { authorization: `bearer  ${secret}` },
])('a working key is found by its secret: %#', async (headers) => {
  expect(await findKeyInHand(portsFor(record).ports, headers)).toEqual({ record, counters });
});

test.each<[string, KeyRecord | undefined, Record<string, string>]>([
  ['no key', record, {}],
  ['a word', record, { 'x-api-key': 'word' }],
  ['an unknown key', undefined, { 'x-api-key': secret }],
  ['a revoked key', { ...record, status: 'revoked' }, { 'x-api-key': secret }],
  ['an expired key', { ...record, expiresAt: now }, { 'x-api-key': secret }],
  ['a key that is still being made', { ...record, apiKeyId: undefined }, { 'x-api-key': secret }],
])('%s gets 401', async (_what, found, headers) => {
  await expect(findKeyInHand(portsFor(found).ports, headers)).rejects.toMatchObject({
    status: 401,
    code: 'invalid_api_key',
  });
});

test('a key without its metering item gets 401', async () => {
  const { ports } = portsFor(record, new Map());
  await expect(findKeyInHand(ports, { 'x-api-key': secret })).rejects.toMatchObject({ status: 401 });
});

test('a text without the form of a key is never looked up', async () => {
  const { ports, asked } = portsFor(record);
  await expect(findKeyInHand(ports, { 'x-api-key': 'x' })).rejects.toMatchObject({ status: 401 });
  expect(asked).toEqual([]);
});
