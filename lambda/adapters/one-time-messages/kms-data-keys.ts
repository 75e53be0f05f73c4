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
const lostKeyErrors = new Set(['DisabledException', 'KMSInvalidStateException', 'NotFoundException']);

function refusingLostKey(error: unknown): never {
  if (!(error instanceof Error) || !lostKeyErrors.has(error.name)) throw error;
  throw new DaypassError(
    'service_unavailable',
    'One-time messages can’t be sealed or opened at the moment. None was lost.',
    { retryAfterSeconds: 60, cause: error },
  );
}
