import { createKms, type Kms } from '../../../../local/aws/kms/kms.ts';
import { createSecretsManager } from '../../../../local/aws/secretsmanager/secrets-manager.ts';
import { createClock } from '../../../../local/clock.ts';
import { openStore } from '../../../../local/state/store.ts';
import { type RunningAws, startAws } from '../start-aws.ts';

const place = { region: 'us-east-1', accountId: '111122223333' };
const store = openStore(':memory:');
let kms: Kms;
let aws: RunningAws;
let keyId: string;

beforeAll(async () => {
  kms = createKms({ store, clock: createClock(), ...place });
  keyId = kms.defineKey('sealing', {}).KeyId;
  aws = await startAws([kms, createSecretsManager({ store, ...place })]);
});
afterAll(async () => {
  await aws.close();
  store.close();
});

const binding = { userId: 'u1', scope: 'account', provider: 'openai', host: 'api.openai.com' };
const sealing = () => import('../../../../lambda/adapters/provider-keys/sealing.ts');

describe('a sealed provider key', () => {
  test('is opened for what it is bound to', async () => {
    const { createOpen, createSeal } = await sealing();
    const sealed = await createSeal(keyId)(binding, 'sk-my-own-key');
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('sk-my');
    expect(await createOpen()(binding, sealed)).toBe('sk-my-own-key');
  });

  test.each([{ userId: 'u2' }, { scope: 'key_1' }, { provider: 'groq' }, { host: 'evil.example' }])(
    'is not opened for %j, also once it is open for its owner',
    async (other) => {
      const { createOpen, createSeal } = await sealing();
      const sealed = await createSeal(keyId)(binding, 'sk-my-own-key');
      const open = createOpen();
      await open(binding, sealed);
      await expect(open({ ...binding, ...other }, sealed)).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
    },
  );

  test('is not opened with any byte changed', async () => {
    const { createOpen, createSeal } = await sealing();
    const sealed = Buffer.from(await createSeal(keyId)(binding, 'sk-my-own-key'), 'base64');
    const open = createOpen();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(open(binding, changed.toString('base64'))).rejects.toThrow();
    }
  });
});

test('the operator’s key is kept for five minutes, and read anew once it is forgotten', async () => {
  const { createKeptSecret } = await import('../../../../lambda/adapters/kept-secret.ts');
  const secrets = store.collection<{ arn: string; name: string; value: string }>('secrets');
  const put = (value: string) => secrets.put('llm', { arn: 'arn:llm', name: 'llm', value });
  let now = 0;
  const key = createKeptSecret('llm', 'It can’t be read.', () => now);
  await expect(key.read()).rejects.toMatchObject({ code: 'service_unavailable' });
  put('sk-first\n');
  expect(await key.read()).toBe('sk-first');
  put('sk-second');
  now = 299_999;
  expect(await key.read()).toBe('sk-first');
  now = 300_000;
  expect(await key.read()).toBe('sk-second');
  put('{"key": "sk-third"}');
  key.forget();
  await expect(key.read()).rejects.toMatchObject({ code: 'service_unavailable' });
});
