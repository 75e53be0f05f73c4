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
  Decrypt: decrypt,
  Encrypt: encrypt,
  GenerateDataKey: generateDataKey,
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
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  return {
    Plaintext: open(key, blob, context).toString('base64'),
    KeyId: ring.arnOf(key),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
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
