import { findKeyInHand, type KeyInHandPorts } from '../../../core/keys/find-key.ts';
import { hashKeyValue, newKeyValue } from '../../../core/keys/key-value.ts';
import type { KeyCounters, KeyRecord } from '../../../core/keys/ports.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const value = newKeyValue();
const counters: KeyCounters = { usedByWindow: {}, limits: { requestsPerDay: 10 } };
const record: KeyRecord = {
  keyId: 'key_1',
  userId: 'u1',
  name: 'k',
  plan: '10-per-day',
  status: 'active',
  valueHash: hashKeyValue(value),
  last4: value.slice(-4),
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
  { 'x-api-key': value },
  { authorization: `Bearer ${value}` },
  { authorization: `bearer  ${value}` },
])('a working key is found by its secret: %#', async (headers) => {
  expect(await findKeyInHand(portsFor(record).ports, headers)).toEqual({ record, counters });
});

test.each<[string, KeyRecord | undefined, Record<string, string>]>([
  ['no key', record, {}],
  ['a word', record, { 'x-api-key': 'word' }],
  ['an unknown key', undefined, { 'x-api-key': value }],
  ['a revoked key', { ...record, status: 'revoked' }, { 'x-api-key': value }],
  ['an expired key', { ...record, expiresAt: now }, { 'x-api-key': value }],
  ['a key that is still being made', { ...record, apiKeyId: undefined }, { 'x-api-key': value }],
])('%s gets 401', async (_what, found, headers) => {
  await expect(findKeyInHand(portsFor(found).ports, headers)).rejects.toMatchObject({
    status: 401,
    code: 'invalid_api_key',
  });
});

test('a key without its metering item gets 401', async () => {
  const { ports } = portsFor(record, new Map());
  await expect(findKeyInHand(ports, { 'x-api-key': value })).rejects.toMatchObject({ status: 401 });
});

test('a text without the form of a key is never looked up', async () => {
  const { ports, asked } = portsFor(record);
  await expect(findKeyInHand(ports, { 'x-api-key': 'x' })).rejects.toMatchObject({ status: 401 });
  expect(asked).toEqual([]);
});
