import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import type { IdempotencyScope, Sealer } from '../../core/idempotency.ts';
import { beforeModelMs, endingInTime, quickAttemptMs } from '../call-time.ts';
import { awsClientSettings, boundedHandler } from './aws-client.ts';

/** Seals with KMS. The scope is the encryption context, so that KMS opens nothing under another scope. */
export function createKmsSealer(keyId: string): Sealer {
  const client = endingInTime(
    new KMSClient({ ...awsClientSettings, requestHandler: boundedHandler(quickAttemptMs) }),
    beforeModelMs,
  );
  const contextOf = ({ userId, operation, keyHash }: IdempotencyScope) => ({ userId, operation, keyHash });
  return {
    async seal(scope, text) {
      const answer = await client.send(
        new EncryptCommand({
          KeyId: keyId,
          Plaintext: Buffer.from(text),
          EncryptionContext: contextOf(scope),
        }),
      );
      if (answer.CiphertextBlob === undefined) throw new Error('KMS Encrypt answered no ciphertext');
      return Buffer.from(answer.CiphertextBlob).toString('base64');
    },
    async open(scope, sealed) {
      const answer = await client.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(sealed, 'base64'),
          EncryptionContext: contextOf(scope),
        }),
      );
      if (answer.Plaintext === undefined) throw new Error('KMS Decrypt answered no plaintext');
      return Buffer.from(answer.Plaintext).toString('utf8');
    },
  };
}
