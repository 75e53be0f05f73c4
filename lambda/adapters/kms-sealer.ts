import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { IdempotencyScope, Sealer } from '../../core/idempotency.ts';
import { awsClientSettings } from './aws-client.ts';

/** Sealing by KMS, with the scope as encryption context: KMS refuses to open it for any other. */
export function createKmsSealer(keyId: string): Sealer {
  const client = new KMSClient({
    ...awsClientSettings,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1000,
      requestTimeout: 3000,
      throwOnRequestTimeout: true,
    }),
  });
  const contextOf = (scope: IdempotencyScope) => ({ ...scope });
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
