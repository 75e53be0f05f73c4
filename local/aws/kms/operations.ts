import { randomBytes } from 'node:crypto';
import { AwsError } from '../service.ts';
import type { KeyRing } from './keys.ts';
import {
  constraint,
  encryptionContext,
  type Input,
  optionalInteger,
  optionalString,
  requiredBlob,
  requiredString,
  requireSymmetric,
} from './parse-input.ts';
import { keyOf, open, seal } from './sealed-box.ts';

/** Every operation of this KMS; any other is refused by name. */
export const operations: Readonly<Record<string, (ring: KeyRing, input: Input) => object>> = {
  CancelKeyDeletion: cancelKeyDeletion,
  Decrypt: decrypt,
  DisableKey: disableKey,
  EnableKey: enableKey,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
  ReEncrypt: reEncrypt,
  ScheduleKeyDeletion: scheduleKeyDeletion,
};

function encrypt(ring: KeyRing, input: Input) {
  const key = ring.findUsable(requiredString(input, 'KeyId'));
  requireSymmetric(input);
  const plaintext = requiredBlob(input, 'Plaintext', 4096);
  return {
    CiphertextBlob: seal(key, plaintext, encryptionContext(input)).toString('base64'),
    KeyId: ring.arnOf(key),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

/** The blob names its key; the caller may name the one it expects. */
function decrypt(ring: KeyRing, input: Input) {
  requireSymmetric(input);
  const blob = requiredBlob(input, 'CiphertextBlob', 6144);
  const context = encryptionContext(input);
  const expectedKey = optionalString(input, 'KeyId');
  const expected = expectedKey === undefined ? undefined : ring.findUsable(expectedKey);
  const key = ring.findUsable(keyOf(ring, blob).keyId);
  if (expected !== undefined && expected.keyId !== key.keyId) {
    throw incorrectKey();
  }
  return {
    Plaintext: open(key, blob, context).toString('base64'),
    KeyId: ring.arnOf(key),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

/** Seals for another key or context what never leaves KMS open. */
function reEncrypt(ring: KeyRing, input: Input) {
  for (const name of ['SourceEncryptionAlgorithm', 'DestinationEncryptionAlgorithm'])
    requireSymmetric({ EncryptionAlgorithm: input[name] });
  const blob = requiredBlob(input, 'CiphertextBlob', 6144);
  const destination = ring.findUsable(requiredString(input, 'DestinationKeyId'));
  const expected = optionalString(input, 'SourceKeyId');
  if (expected !== undefined) ring.findUsable(expected);
  const source = ring.findUsable(keyOf(ring, blob).keyId);
  if (expected !== undefined && ring.findUsable(expected).keyId !== source.keyId) throw incorrectKey();
  const text = open(source, blob, encryptionContext(input, 'SourceEncryptionContext'));
  const sealed = seal(destination, text, encryptionContext(input, 'DestinationEncryptionContext'));
  return {
    CiphertextBlob: sealed.toString('base64'),
    SourceKeyId: ring.arnOf(source),
    KeyId: ring.arnOf(destination),
    SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

function disableKey(ring: KeyRing, input: Input) {
  ring.change(requireKept(ring, input), { enabled: false });
  return {};
}

function enableKey(ring: KeyRing, input: Input) {
  ring.change(requireKept(ring, input), { enabled: true });
  return {};
}

/** From now on the key does nothing; until the time is over, an operator may change their mind. */
function scheduleKeyDeletion(ring: KeyRing, input: Input) {
  const key = requireKept(ring, input);
  const days = optionalInteger(input, 'PendingWindowInDays', 30) ?? 30;
  if (days < 7) throw constraint('PendingWindowInDays', 'Member must have value greater than or equal to 7');
  const deletesAt = ring.now() + days * 86_400_000;
  ring.change(key, { deletesAt, enabled: false });
  return {
    KeyId: ring.arnOf(key),
    DeletionDate: deletesAt / 1000,
    KeyState: 'PendingDeletion',
    PendingWindowInDays: days,
  };
}

/** Leaves the key disabled, as AWS does. */
function cancelKeyDeletion(ring: KeyRing, input: Input) {
  const key = ring.find(requiredString(input, 'KeyId'));
  if (key.deletesAt === undefined)
    throw new AwsError('KMSInvalidStateException', `${ring.arnOf(key)} is not pending deletion.`);
  ring.change(key, { deletesAt: undefined });
  return { KeyId: ring.arnOf(key) };
}

function requireKept(ring: KeyRing, input: Input) {
  const key = ring.find(requiredString(input, 'KeyId'));
  if (key.deletesAt === undefined) return key;
  throw new AwsError('KMSInvalidStateException', `${ring.arnOf(key)} is pending deletion.`);
}

/** For what is longer than Encrypt takes: the caller seals with the data key and keeps the sealed one beside it. */
function generateDataKey(ring: KeyRing, input: Input) {
  const key = ring.findUsable(requiredString(input, 'KeyId'));
  const dataKey = randomBytes(dataKeyBytes(input));
  return {
    CiphertextBlob: seal(key, dataKey, encryptionContext(input)).toString('base64'),
    Plaintext: dataKey.toString('base64'),
    KeyId: ring.arnOf(key),
  };
}

const incorrectKey = () =>
  new AwsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );

const bytesOfSpec: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

function dataKeyBytes(input: Input): number {
  const spec = optionalString(input, 'KeySpec');
  const bytes = optionalInteger(input, 'NumberOfBytes', 1024);
  if ((spec === undefined) === (bytes === undefined)) {
    throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const size = bytes ?? bytesOfSpec[spec ?? ''];
  if (size === undefined)
    throw constraint('KeySpec', 'Member must satisfy enum value set: [AES_256, AES_128]');
  return size;
}
