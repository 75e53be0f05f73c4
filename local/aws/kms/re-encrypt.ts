import {
  encryptionContext,
  type Input,
  optionalString,
  requiredBlob,
  requiredString,
  requireSymmetric,
} from './input.ts';
import type { KeyRing } from './keys.ts';
import { openWithRing } from './open-with-ring.ts';
import { seal } from './sealed-box.ts';

export function reEncrypt(ring: KeyRing, input: Input) {
  requireSymmetric(input, 'SourceEncryptionAlgorithm');
  requireSymmetric(input, 'DestinationEncryptionAlgorithm');
  const destination = ring.findUsable(requiredString(input, 'DestinationKeyId'));
  const { key: source, plaintext } = openWithRing(ring, {
    blob: requiredBlob(input, 'CiphertextBlob', 6144),
    context: encryptionContext(input, 'SourceEncryptionContext'),
    expectedKey: optionalString(input, 'SourceKeyId'),
  });
  const context = encryptionContext(input, 'DestinationEncryptionContext');
  return {
    CiphertextBlob: seal(destination, plaintext, context).toString('base64'),
    SourceKeyId: ring.arnOf(source),
    KeyId: ring.arnOf(destination),
    SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}
