import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { DaypassError } from '../../../core/errors.ts';
import type { DataKeys } from '../../../core/one-time-messages/ports.ts';
import { beforeModelMs, endingInTime, quickAttemptMs } from '../../call-time.ts';
import { awsClientSettings, boundedHandler } from '../aws-client.ts';

/** Envelope encryption by KMS, for what is longer than its 4,096 bytes. The purpose is the encryption context. */
export function createKmsDataKeys(keyId: string): DataKeys {
  const client = endingInTime(
    new KMSClient({ ...awsClientSettings, requestHandler: boundedHandler(quickAttemptMs) }),
    beforeModelMs,
  );
  return {
    async create(purpose) {
      const { Plaintext: key, CiphertextBlob: wrapped } = await client
        .send(new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: purpose }))
        .catch(refusingLostKey);
      if (key === undefined || wrapped === undefined) throw new Error('KMS GenerateDataKey answered no key');
      return { key, wrapped };
    },
    async open(purpose, wrapped) {
      // Without a KeyId, since the sealing key may have been replaced: the ciphertext names its own.
      const { Plaintext: key } = await client
        .send(new DecryptCommand({ CiphertextBlob: wrapped, EncryptionContext: purpose }))
        .catch(refusingLostKey);
      if (key === undefined) throw new Error('KMS Decrypt answered no plaintext');
      return key;
    },
  };
}

/** Of a key that is disabled or waits for its deletion. An operator may undo either, and until then nothing is lost. */
const restingKeyErrors = new Set(['DisabledException', 'KMSInvalidStateException']);
/** Of a key that was deleted: KMS doesn't find it by its id, and tells whoever decrypts that it may not be for them. */
const goneKeyErrors = new Set(['NotFoundException', 'AccessDeniedException']);

function refusingLostKey(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  if (!restingKeyErrors.has(name) && !goneKeyErrors.has(name)) throw error;
  throw new DaypassError(
    'service_unavailable',
    `One-time messages can’t be sealed or opened at the moment.${restingKeyErrors.has(name) ? ' None was lost.' : ''}`,
    { retryAfterSeconds: 60, cause: error },
  );
}
