import { type Input, requiredString } from './input.ts';
import type { KeyRing } from './keys.ts';

export function describeKey(ring: KeyRing, input: Input) {
  const key = ring.find(requiredString(input, 'KeyId'));
  const arn = ring.arnOf(key);
  return {
    KeyMetadata: {
      AWSAccountId: arn.split(':')[4],
      KeyId: key.keyId,
      Arn: arn,
      CreationDate: key.createdAt / 1000,
      Enabled: key.enabled,
      Description: key.description,
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: key.enabled ? 'Enabled' : 'Disabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: false,
    },
  };
}
