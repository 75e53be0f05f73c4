import { ConditionalCheckFailedException, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { meterIdOf, workingIds } from '../../core/keys/standing.ts';
import { itemKeys } from '../../lambda/adapters/table.ts';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';
import type { KeyFacts } from './key-facts.ts';

/**
 * Makes what follows from a key's record and the backup may lack, such as what a later rotation has written.
 * @returns how many parts were missing
 */
export async function mendKeys(
  connection: Connection,
  { tableName: TableName }: Deployment,
  { users, keys }: KeyFacts,
): Promise<number> {
  const client = connection.dynamoDb();
  let mended = 0;
  const isApplied = async (sent: Promise<unknown>) => {
    try {
      await sent;
      mended += 1;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
  for (const record of keys.values()) {
    if (record.status !== 'active' || !users.has(record.userId)) continue;
    for (const item of partsOf(record)) {
      const command = new PutItemCommand({
        TableName,
        Item: marshall(item),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await isApplied(client.send(command));
    }
    const meterId = meterIdOf(record) ?? '';
    for (const id of workingIds(record, Date.now())) {
      const until = id === record.apiKeyId ? Number.MAX_SAFE_INTEGER : (record.previous?.endsAt ?? 0);
      const command = new UpdateItemCommand({
        TableName,
        Key: marshall(itemKeys.meter(meterId)),
        ConditionExpression: 'attribute_exists(#values) AND attribute_not_exists(#values.#id)',
        UpdateExpression: 'SET #values.#id = :until',
        ExpressionAttributeNames: { '#values': 'values', '#id': id },
        ExpressionAttributeValues: { ':until': { N: String(until) } },
      });
      await isApplied(client.send(command));
    }
  }
  return mended;
}

function partsOf({ keyId, userId, apiKeyId, meterId, valueHash, previous }: KeyRecord): object[] {
  const ids = [apiKeyId, previous?.apiKeyId].filter((id) => id !== undefined && id !== (meterId ?? apiKeyId));
  const hashes = [valueHash, previous?.valueHash].filter((hash) => hash !== undefined);
  return [
    { ...itemKeys.live(keyId), userId },
    ...hashes.map((hash) => ({ ...itemKeys.hash(hash), userId, keyId })),
    ...ids.map((id) => ({ ...itemKeys.meter(id ?? ''), alias: meterId ?? apiKeyId })),
  ];
}
