import type { UpdateKeyBody } from '../../../core/contract/key-requests.ts';
import type { KeyLimits, KeyRecord, OwnSettings } from '../../../core/keys/ports.ts';
import { type UpdateKeyPorts, updateKey } from '../../../core/keys/update-key.ts';
import type { KeptKey } from '../../../core/provider-keys/kept-keys.ts';
import { somePlan } from '../plan-fixture.ts';

const now = Date.UTC(2026, 10, 28);
const user = {
  userId: 'ada',
  email: 'ada@example.com',
  emailVerified: true,
  groups: [] as string[],
  status: 'active' as const,
  createdAt: 0,
};
const ten = somePlan({ name: 'ten', requestsPerDay: 10, models: ['small', 'large'] });
const key: KeyRecord = {
  keyId: 'key_1',
  userId: 'ada',
  name: 'laptop',
  plan: 'ten',
  status: 'active',
  valueHash: 'hash',
  last4: 'abcd',
  slot: 1,
  createdAt: now,
  limits: { requestsPerDay: 5 },
  models: ['small'],
  allowedHosts: ['app.example.com'],
  expiresAt: now + 1000,
};

async function update(body: UpdateKeyBody, { changes = true } = {}) {
  const written: { settings: OwnSettings; limits: KeyLimits }[] = [];
  const renamed: string[] = [];
  const kept: string[] = [];
  const ports = {
    records: {
      rename: async (_key: KeyRecord, name: string) => renamed.push(name) > 0,
      changeSettings: async (_key: KeyRecord, settings: OwnSettings, limits: KeyLimits) => {
        if (changes) written.push({ settings, limits });
        return changes;
      },
      find: async () => ({ ...key, status: 'revoked' }),
    },
    plans: [ten],
    models: ['small', 'large', 'other'],
    providerKeys: {
      seal: async (_binding: unknown, secret: string) => `sealed ${secret}`,
      hosts: { openai: 'api.openai.com', groq: 'api.groq.com' },
      kept: {
        put: async (_userId: string, { provider, sealed }: KeptKey) => kept.push(`${provider} ${sealed}`) > 0,
        delete: async ({ provider, scope }: KeptKey) => kept.push(`${provider} of ${scope} deleted`),
      },
    },
    clock: { now: () => now },
  } as unknown as UpdateKeyPorts;
  const record = await updateKey(ports, user, key, body);
  return { record, written: written[0], renamed, kept };
}

test('what is left out stays, and the gate gets the limits that follow', async () => {
  const { record, written } = await update({ limits: { requestsPerDay: 7, tokensPerDay: 1000 } });
  const { limits: _limits, ...others } = key;
  expect(record).toEqual({ ...others, limits: { requestsPerDay: 7, tokensPerDay: 1000 } });
  expect(written?.limits).toMatchObject({
    requestsPerDay: 7,
    tokensPerDay: 1000,
    models: ['small'],
    allowedHosts: ['app.example.com'],
  });
});

test('null takes a restriction away, and the plan’s stay', async () => {
  const { written } = await update({ limits: null, models: null, allowedHosts: null, expiresIn: null });
  expect(written?.settings).toEqual({
    name: 'laptop',
    expiresAt: undefined,
    limits: undefined,
    models: undefined,
    allowedHosts: undefined,
    requiresProviderKey: undefined,
  });
  expect(written?.limits).toMatchObject({ requestsPerDay: 10, models: ['small', 'large'] });
});

test('a name, an expiry and the need for a provider key go together', async () => {
  const { record, renamed } = await update({ name: 'phone', expiresIn: '30d', requiresProviderKey: true });
  expect(record).toMatchObject({
    name: 'phone',
    expiresAt: now + 30 * 86_400_000,
    requiresProviderKey: true,
  });
  expect(renamed).toEqual([]);
});

test('a name alone is no change of settings', async () => {
  expect(await update({ name: 'phone' })).toMatchObject({ renamed: ['phone'], written: undefined });
});

test.each<[UpdateKeyBody, string]>([
  [{ limits: { requestsPerDay: 11 } }, 'limits.requestsPerDay'],
  [{ models: ['unknown'] }, 'models'],
  [{ models: ['other'] }, 'models'],
  [{ expiresIn: 'tomorrow' }, 'expiresIn'],
])('%j is refused before anything changes', async (body, param) => {
  await expect(update(body)).rejects.toMatchObject({ code: 'invalid_request', param });
});

test('a key that ended meanwhile can’t be changed', async () => {
  await expect(update({ models: null }, { changes: false })).rejects.toMatchObject({ code: 'key_ended' });
});

test('provider keys are kept sealed for the key, or deleted', async () => {
  const { kept, record } = await update({ providerKeys: { openai: 'sk-own-1234', groq: null } });
  expect(kept).toEqual(['openai sealed sk-own-1234', 'groq of key_1 deleted']);
  expect(JSON.stringify(record)).not.toContain('sk-own');
});

test('a provider that takes no keys is refused before anything changes', async () => {
  await expect(update({ name: 'phone', providerKeys: { nobody: 'sk-own-1234' } })).rejects.toMatchObject({
    code: 'not_found',
  });
});
