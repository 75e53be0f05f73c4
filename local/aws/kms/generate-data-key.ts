import { randomBytes } from 'node:crypto';
import { AwsError } from '../service.ts';
import {
  constraint,
  encryptionContext,
  type Input,
  optionalInteger,
  optionalString,
  requiredString,
} from './input.ts';
import type { KeyRing } from './keys.ts';
import { seal } from './sealed-box.ts';

const bytesOfSpec: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

export function generateDataKey(ring: KeyRing, input: Input) {
  const key = ring.findUsable(requiredString(input, 'KeyId'));
  const dataKey = randomBytes(dataKeyBytes(input));
  return {
    CiphertextBlob: seal(key, dataKey, encryptionContext(input)).toString('base64'),
    Plaintext: dataKey.toString('base64'),
    KeyId: ring.arnOf(key),
  };
}

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
