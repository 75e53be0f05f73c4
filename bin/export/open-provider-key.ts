import { DecryptCommand, type KMSClient, KMSServiceException } from '@aws-sdk/client-kms';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type KeptKey, sealedFor } from '../../core/provider-keys/kept-keys.ts';
import type { Item } from '../archive/item-json.ts';

/** What KMS binds a provider key to, as its functions do: lambda/adapters/provider-keys/sealing.ts. */
export function contextOf(item: Item): Record<string, string> {
  const { scope, provider, host } = unmarshall(item) as KeptKey;
  return { operation: sealedFor, userId: item.pk?.S?.slice('USER#'.length) ?? '', scope, provider, host };
}

/** @returns undefined if it was sealed for something else, or was changed */
export async function openProviderKey(client: KMSClient, item: Item): Promise<string | undefined> {
  try {
    const { Plaintext } = await client.send(
      new DecryptCommand({
        CiphertextBlob: Buffer.from(item.sealed?.S ?? '', 'base64'),
        EncryptionContext: contextOf(item),
      }),
    );
    return Plaintext && Buffer.from(Plaintext).toString('utf8');
  } catch (error) {
    if (error instanceof KMSServiceException && error.name === 'InvalidCiphertextException') return undefined;
    throw error;
  }
}
