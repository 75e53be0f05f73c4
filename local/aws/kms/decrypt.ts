import { AwsError } from '../service.ts';
import { encryptionContext, type Input, optionalString, requiredBlob, requireSymmetric } from './input.ts';
import type { KeyRing } from './keys.ts';
import { keyOf, open } from './sealed-box.ts';

/**
 * The ciphertext names its key; the caller may name the one that it expects.
 * @throws AwsError InvalidCiphertextException, IncorrectKeyException, DisabledException or NotFoundException
 */
export function decrypt(ring: KeyRing, input: Input) {
  requireSymmetric(input);
  const blob = requiredBlob(input, 'CiphertextBlob', 6144);
  const context = encryptionContext(input);
  const reference = optionalString(input, 'KeyId');
  const expected = reference === undefined ? undefined : ring.findUsable(reference);
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
