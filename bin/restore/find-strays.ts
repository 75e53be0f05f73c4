import { paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { meterIdOf } from '../../core/keys/standing.ts';
import { itemKeys } from '../../lambda/adapters/table.ts';
import { batchSize, nameOf, readHere } from '../archive/read-here.ts';
import type { Connection } from '../connect.ts';
import { type Deployment, gatewaySecrets } from '../deployment.ts';
import type { KeyFacts } from './key-facts.ts';

interface Stray {
  keyId: string;
  email: string;
}

/** Keys on which the table and API Gateway don't agree. */
export interface Strays {
  /** Recorded as active, and gone from API Gateway: revoked or rotated since the backup. */
  gone: Stray[];
  /** In API Gateway without a record: made or rotated since the backup. */
  unknown: (Stray & { id: string; createdAt: Date })[];
  /** Recorded as active, without the item that the gate counts on. */
  unmetered: Stray[];
}

/** @param dryRun nothing was restored, so what the backup has is taken for restored, and meters are not looked for */
export async function findStrays(
  connection: Connection,
  deployment: Deployment,
  { users, keys }: KeyFacts,
  dryRun: boolean,
): Promise<Strays> {
  const emailOf = (userId: string) => users.get(userId) ?? userId;
  const records = new Map(keys);
  for await (const record of recordsHere(connection, deployment)) records.set(record.keyId, record);
  const secrets = await Array.fromAsync(gatewaySecrets(connection, deployment));
  const there = new Set(secrets.map(({ id }) => id));
  const active = [...records.values()].filter(
    ({ status, userId }) => status === 'active' && users.has(userId),
  );
  const named = new Set(active.flatMap(({ apiKeyId, previous }) => [apiKeyId, previous?.apiKeyId]));
  const stray = ({ keyId, userId }: KeyRecord) => ({ keyId, email: emailOf(userId) });
  return {
    gone: active.filter(({ apiKeyId }) => !there.has(apiKeyId ?? '')).map(stray),
    unknown: secrets
      .filter(({ id, keyId, valueStart }) => {
        const record = records.get(keyId);
        const isBeingMade =
          record?.status === 'creating' || record?.rotation?.valueHash.startsWith(valueStart);
        return !named.has(id) && !isBeingMade;
      })
      .map(({ id, keyId, userId, createdAt }) => ({ id, keyId, email: emailOf(userId), createdAt })),
    unmetered: dryRun ? [] : (await withoutMeter(connection, deployment, active)).map(stray),
  };
}

async function* recordsHere(connection: Connection, { tableName }: Deployment): AsyncIterable<KeyRecord> {
  const pages = paginateScan(
    { client: connection.dynamoDb() },
    {
      TableName: tableName,
      FilterExpression: 'begins_with(pk, :user) AND begins_with(sk, :key)',
      ExpressionAttributeValues: { ':user': { S: 'USER#' }, ':key': { S: 'KEY#' } },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) for (const item of Items) yield unmarshall(item) as KeyRecord;
}

async function withoutMeter(
  connection: Connection,
  deployment: Deployment,
  records: readonly KeyRecord[],
): Promise<KeyRecord[]> {
  const missing: KeyRecord[] = [];
  const meterOf = (record: KeyRecord) => marshall(itemKeys.meter(meterIdOf(record) ?? ''));
  for (let at = 0; at < records.length; at += batchSize) {
    const batch = records.slice(at, at + batchSize);
    const here = await readHere(connection, deployment, batch.map(meterOf));
    missing.push(...batch.filter((record) => !here.has(nameOf(meterOf(record)))));
  }
  return missing;
}
