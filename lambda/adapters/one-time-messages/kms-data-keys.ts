import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
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
      const { Plaintext: key, CiphertextBlob: wrapped } = await client.send(
        new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: purpose }),
      );
      if (key === undefined || wrapped === undefined) throw new Error('KMS GenerateDataKey answered no key');
      return { key, wrapped };
    },
    async open(purpose, wrapped) {
      const { Plaintext: key } = await client.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: purpose }),
      );
      if (key === undefined) throw new Error('KMS Decrypt answered no plaintext');
      return key;
    },
  };
}
