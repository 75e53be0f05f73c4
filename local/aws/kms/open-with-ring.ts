import { AwsError } from '../service.ts';
import type { EncryptionContext } from './input.ts';
import type { KeyRing, KmsKey } from './keys.ts';
import { keyOf, open } from './sealed-box.ts';

/**
 * Decrypt's and ReEncrypt's way to the plaintext: the blob names its key, the caller may say which it expects.
 * @throws AwsError InvalidCiphertextException, IncorrectKeyException, DisabledException or NotFoundException
 */
export function openWithRing(
  ring: KeyRing,
  sealed: { blob: Buffer; context: EncryptionContext; expectedKey: string | undefined },
): { key: KmsKey; plaintext: Buffer } {
  const expected = sealed.expectedKey === undefined ? undefined : ring.findUsable(sealed.expectedKey);
  const key = ring.findUsable(keyOf(ring, sealed.blob).keyId);
  if (expected !== undefined && expected.keyId !== key.keyId) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  return { key, plaintext: open(key, sealed.blob, sealed.context) };
}
