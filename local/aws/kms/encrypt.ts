import { encryptionContext, type Input, requiredBlob, requiredString, requireSymmetric } from './input.ts';
import type { KeyRing } from './keys.ts';
import { seal } from './sealed-box.ts';

export function encrypt(ring: KeyRing, input: Input) {
  const key = ring.findUsable(requiredString(input, 'KeyId'));
  requireSymmetric(input);
  const plaintext = requiredBlob(input, 'Plaintext', 4096);
  return {
    CiphertextBlob: seal(key, plaintext, encryptionContext(input)).toString('base64'),
    KeyId: ring.arnOf(key),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}
