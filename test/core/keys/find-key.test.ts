import { findKeyInHand, findNamedKey, type KeyInHandPorts } from '../../../core/keys/find-key.ts';
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

describe('the key that a call with a login names', () => {
  const named = (keyId: string | undefined, found: KeyRecord | undefined = record) =>
    findNamedKey(
      { find: async (userId, id) => (userId === 'u1' && id === 'key_1' ? found : undefined) },
      'u1',
      keyId,
    );

  test('is charged by its present secret, and not at the fence', async () => {
    expect(await named('key_1')).toEqual({ apiKeyId: 'a1', unfenced: true });
  });

  test.each([undefined, ''])('must be named: %j', async (keyId) => {
    await expect(named(keyId)).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'x-daypass-key-id',
      message: expect.stringMatching(/^x-daypass-key-id is missing/),
    });
  });

  test('must be one of the user’s own, which is there already', async () => {
    await expect(named('key_2')).rejects.toMatchObject({ code: 'not_found' });
    await expect(named('key_1', { ...record, status: 'creating' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('must not have ended', async () => {
    const ended = { ...record, status: 'revoked', apiKeyId: undefined } as const;
    await expect(named('key_1', ended)).rejects.toMatchObject({ code: 'invalid_api_key' });
  });
});
