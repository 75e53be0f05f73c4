import { encryptionContext, type Input, optionalString, requiredBlob, requireSymmetric } from './input.ts';
import type { KeyRing } from './keys.ts';
import { openWithRing } from './open-with-ring.ts';

export function decrypt(ring: KeyRing, input: Input) {
  requireSymmetric(input);
  const { key, plaintext } = openWithRing(ring, {
    blob: requiredBlob(input, 'CiphertextBlob', 6144),
    context: encryptionContext(input),
    expectedKey: optionalString(input, 'KeyId'),
  });
  return {
    Plaintext: plaintext.toString('base64'),
    KeyId: ring.arnOf(key),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}
