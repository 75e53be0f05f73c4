import { AwsError } from '../service.ts';
import {
  encryptionContext,
  type Input,
  optionalString,
  requiredBlob,
  requiredString,
  requireSymmetric,
} from './input.ts';
import type { KeyRing } from './keys.ts';
import { keyOf, open, seal } from './sealed-box.ts';

/** Every operation of this KMS; any other is refused by name. */
export const operations: Readonly<Record<string, (ring: KeyRing, input: Input) => object>> = {
  Decrypt: decrypt,
  Encrypt: encrypt,
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
