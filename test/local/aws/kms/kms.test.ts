import * as sdk from '@aws-sdk/client-kms';
import { openStore } from '../../../../local/state/store.ts';
import { kmsOver, startKms, waitDays } from './start-kms.ts';

let running: Awaited<ReturnType<typeof startKms>>;
let client: sdk.KMSClient;
let keyId: string;
let arn: string;
let otherId: string;

beforeAll(async () => {
  running = await startKms();
  client = running.client;
  ({ KeyId: keyId, Arn: arn } = running.kms.defineKey('Seal', {
    Description: 'provider keys',
    EnableKeyRotation: true,
  }));
  otherId = running.kms.defineKey('Other', {}).KeyId;
});
afterAll(() => running.close());

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
const Plaintext = Buffer.from('sésame');
const EncryptionContext = { user: 'ana', key: 'key_1' };
const seal = async (context: Record<string, string> = EncryptionContext) => {
  const command = new sdk.EncryptCommand({ KeyId: keyId, Plaintext, EncryptionContext: context });
  return (await client.send(command)).CiphertextBlob ?? new Uint8Array();
};

test.each(['key id', 'ARN'])('a key is found by its %s', async (form) => {
  const forms: Record<string, string> = { 'key id': keyId, ARN: arn };
  const sealed = await client.send(new sdk.EncryptCommand({ KeyId: forms[form] ?? '', Plaintext }));
  expect(sealed).toMatchObject({ KeyId: arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  const { CiphertextBlob } = sealed;
  const opened = await client.send(new sdk.DecryptCommand({ CiphertextBlob }));
  expect(text(opened.Plaintext)).toBe('sésame');
  expect(opened.KeyId).toBe(arn);
});

test('the same plaintext is sealed differently each time and is not visible', async () => {
  const [first, second] = [Buffer.from(await seal()), Buffer.from(await seal())];
  expect(first.equals(second)).toBe(false);
  expect(first.includes(Plaintext)).toBe(false);
});

test('the encryption context may be written in any order', async () => {
  const CiphertextBlob = await seal({ a: '1', b: '2' });
  const opened = await client.send(
    new sdk.DecryptCommand({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } }),
  );
  expect(text(opened.Plaintext)).toBe('sésame');
});

test.each([
  ['none', undefined],
  ['another user', { ...EncryptionContext, user: 'bob' }],
  ['a pair less', { user: 'ana' }],
  ['a pair more', { ...EncryptionContext, extra: '' }],
  ['pairs glued differently', { user: 'ana","key', key: 'key_1' }],
])('with another encryption context (%s) decryption fails', async (_name, context) => {
  const command = new sdk.DecryptCommand({
    CiphertextBlob: await seal(),
    ...(context && { EncryptionContext: context }),
  });
  await expect(client.send(command)).rejects.toBeInstanceOf(sdk.InvalidCiphertextException);
});

test('with any byte flipped or missing, decryption fails', async () => {
  const sealed = await seal();
  for (let index = 0; index < sealed.length; index += 1) {
    const flipped = Uint8Array.from(sealed);
    flipped[index] = (flipped[index] ?? 0) ^ 1;
    for (const CiphertextBlob of [flipped, sealed.subarray(0, Math.max(1, index))]) {
      const command = new sdk.DecryptCommand({ CiphertextBlob, EncryptionContext });
      await expect(client.send(command)).rejects.toBeInstanceOf(sdk.InvalidCiphertextException);
    }
  }
});

test('decrypting with another key than the sealing one is an IncorrectKeyException', async () => {
  const command = new sdk.DecryptCommand({ CiphertextBlob: await seal(), EncryptionContext, KeyId: otherId });
  await expect(client.send(command)).rejects.toBeInstanceOf(sdk.IncorrectKeyException);
});

test.each([
  'nothing',
  '11111111-2222-4333-8444-555555555555',
  'alias/none',
  'arn:aws:kms:us-east-1:000000000000:key/x',
])('an unknown key %s is NotFoundException', async (KeyId) => {
  const command = new sdk.EncryptCommand({ KeyId, Plaintext });
  await expect(client.send(command)).rejects.toBeInstanceOf(sdk.NotFoundException);
});

test('a disabled key neither encrypts nor decrypts, and works again once enabled', async () => {
  const { KeyId } = running.kms.defineKey('Switched', {});
  const { CiphertextBlob } = await client.send(new sdk.EncryptCommand({ KeyId, Plaintext }));
  running.kms.defineKey('Switched', { Enabled: false });
  for (const command of [
    new sdk.EncryptCommand({ KeyId, Plaintext }),
    new sdk.DecryptCommand({ CiphertextBlob }),
  ]) {
    await expect(client.send(command as sdk.EncryptCommand)).rejects.toBeInstanceOf(sdk.DisabledException);
  }
  running.kms.defineKey('Switched', { Enabled: true });
  expect(text((await client.send(new sdk.DecryptCommand({ CiphertextBlob }))).Plaintext)).toBe('sésame');
});

test.each([
  ['empty', Buffer.alloc(0)],
  ['above 4096 bytes', Buffer.alloc(4097)],
])('a plaintext that is %s is a ValidationException', async (_name, bytes) => {
  const command = new sdk.EncryptCommand({ KeyId: keyId, Plaintext: bytes });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a data key comes in plain and sealed form, of the requested size', async () => {
  for (const [size, request] of [
    [32, { KeySpec: 'AES_256' }],
    [16, { KeySpec: 'AES_128' }],
    [64, { NumberOfBytes: 64 }],
  ] as const) {
    const made = await client.send(
      new sdk.GenerateDataKeyCommand({ KeyId: keyId, EncryptionContext, ...request }),
    );
    expect(made.Plaintext).toHaveLength(size);
    const { CiphertextBlob } = made;
    const opened = await client.send(new sdk.DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
  }
});

test('a data key needs either a size or a spec', async () => {
  for (const request of [{}, { KeySpec: 'AES_256', NumberOfBytes: 32 } as const]) {
    const sent = client.send(new sdk.GenerateDataKeyCommand({ KeyId: keyId, ...request }));
    await expect(sent).rejects.toMatchObject({ name: 'ValidationException' });
  }
});

test.each([
  ['DryRun', { DryRun: true }],
  ['GrantTokens', { GrantTokens: ['token'] }],
])('%s is refused by name', async (name, members) => {
  const sent = client.send(new sdk.EncryptCommand({ KeyId: keyId, Plaintext, ...members }));
  await expect(sent).rejects.toMatchObject({ message: expect.stringContaining(name) });
});

test('an unsupported operation is refused by name', async () => {
  await expect(client.send(new sdk.CreateKeyCommand())).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining("'CreateKey'"),
  });
});

test('a definition keeps its key over restarts, and decrypts what it sealed before', () => {
  const store = openStore(':memory:');
  const first = kmsOver(store).defineKey('Seal', { Description: 'one' });
  expect(kmsOver(store).defineKey('Seal', { Description: 'two' })).toEqual(first);
  store.close();
});

test('key properties that cannot be honoured are refused by name', () => {
  const define = () =>
    running.kms.defineKey('Signing', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY', Odd: 1 });
  expect(define).toThrow('Signing with KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY", Odd=1');
});

test.each(['*', 'YQ', 'YQ=a', 'Y Q=='])(
  'a blob that is not base64 is a SerializationException: %s',
  async (blob) => {
    const response = await fetch(running.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'TrentService.Encrypt',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/kms/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: JSON.stringify({ KeyId: keyId, Plaintext: blob }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('SerializationException');
  },
);

test('an encryption context of more than 8,192 characters is refused', async () => {
  await expect(seal({ a: 'x'.repeat(8192) })).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(seal({ a: 'x'.repeat(8191) })).resolves.toBeDefined();
});

test('ReEncrypt seals for another key and context what only the first opens', async () => {
  const DestinationEncryptionContext = { user: 'bob' };
  const input = {
    CiphertextBlob: await seal(),
    SourceEncryptionContext: EncryptionContext,
    DestinationKeyId: otherId,
    DestinationEncryptionContext,
  };
  const answer = await client.send(new sdk.ReEncryptCommand(input));
  expect(answer).toMatchObject({ SourceKeyId: arn, KeyId: arn.replace(keyId, otherId) });
  const { CiphertextBlob } = answer;
  const open = (context: Record<string, string>) =>
    client.send(new sdk.DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
  expect(text((await open(DestinationEncryptionContext)).Plaintext)).toBe('sésame');
  await expect(open(EncryptionContext)).rejects.toThrow(sdk.InvalidCiphertextException);
  for (const [changes, name] of [
    [{ SourceEncryptionContext: { user: 'eve' } }, 'InvalidCiphertextException'],
    [{ SourceKeyId: otherId }, 'IncorrectKeyException'],
    [{ DestinationKeyId: 'nowhere' }, 'NotFoundException'],
  ] as const)
    await expect(client.send(new sdk.ReEncryptCommand({ ...input, ...changes }))).rejects.toMatchObject({
      name,
    });
});

test('a disabled key, and one that is to be deleted, does nothing until that is taken back', async () => {
  const { KeyId } = running.kms.defineKey('Leaving', {});
  const encrypt = () => client.send(new sdk.EncryptCommand({ KeyId, Plaintext }));
  await client.send(new sdk.DisableKeyCommand({ KeyId }));
  await expect(encrypt()).rejects.toThrow(sdk.DisabledException);
  await client.send(new sdk.EnableKeyCommand({ KeyId }));
  const { CiphertextBlob } = await encrypt();
  await expect(
    client.send(new sdk.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 6 })),
  ).rejects.toMatchObject({ name: 'ValidationException' });
  const scheduled = await client.send(new sdk.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  expect(scheduled).toMatchObject({ KeyState: 'PendingDeletion', PendingWindowInDays: 7 });
  for (const command of [
    new sdk.DecryptCommand({ CiphertextBlob }),
    new sdk.EnableKeyCommand({ KeyId }),
    new sdk.ScheduleKeyDeletionCommand({ KeyId }),
  ])
    await expect(client.send(command as sdk.DecryptCommand)).rejects.toThrow(sdk.KMSInvalidStateException);
  await client.send(new sdk.CancelKeyDeletionCommand({ KeyId }));
  // As in AWS, it comes back disabled.
  await expect(encrypt()).rejects.toThrow(sdk.DisabledException);
  await client.send(new sdk.EnableKeyCommand({ KeyId }));
  expect(text((await client.send(new sdk.DecryptCommand({ CiphertextBlob }))).Plaintext)).toBe('sésame');
});

test('once its waiting period is over, a key is gone for good', async () => {
  const { KeyId } = running.kms.defineKey('Gone', {});
  const { CiphertextBlob } = await client.send(new sdk.EncryptCommand({ KeyId, Plaintext }));
  await client.send(new sdk.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  waitDays(7);
  for (const command of [
    new sdk.CancelKeyDeletionCommand({ KeyId }),
    new sdk.ScheduleKeyDeletionCommand({ KeyId }),
    new sdk.EnableKeyCommand({ KeyId }),
    new sdk.DisableKeyCommand({ KeyId }),
    new sdk.EncryptCommand({ KeyId, Plaintext }),
    new sdk.DecryptCommand({ KeyId, CiphertextBlob }),
    new sdk.GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }),
    new sdk.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: KeyId }),
  ])
    await expect(client.send(command as sdk.EncryptCommand)).rejects.toThrow(sdk.NotFoundException);
  // By the ciphertext alone, KMS doesn't say whether it knows the key.
  for (const command of [
    new sdk.DecryptCommand({ CiphertextBlob }),
    new sdk.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: keyId }),
  ])
    await expect(client.send(command as sdk.DecryptCommand)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(/^The ciphertext refers to a customer master key that does not exist/),
    });
});

test('a restart leaves a key as an operator left it, until the template changes', async () => {
  const store = openStore(':memory:');
  const { KeyId } = kmsOver(store).defineKey('Seal', {});
  const ask = (operation: string, input: object) =>
    kmsOver(store).handle({
      headers: { 'x-amz-target': `TrentService.${operation}` },
      body: Buffer.from(JSON.stringify({ KeyId, ...input })),
    } as never);
  const encrypt = () => ask('Encrypt', { Plaintext: 'YQ==' });
  const restart = (properties = {}) => kmsOver(store).defineKey('Seal', properties);
  await ask('DisableKey', {});
  restart();
  await expect(encrypt()).rejects.toMatchObject({ code: 'DisabledException' });
  await ask('ScheduleKeyDeletion', {});
  restart();
  await ask('CancelKeyDeletion', {});
  await expect(encrypt()).rejects.toMatchObject({ code: 'DisabledException' });
  restart({ Enabled: false });
  restart({ Enabled: true });
  await expect(encrypt()).resolves.toMatchObject({ status: 200 });
  store.close();
});
