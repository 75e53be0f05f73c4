import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { KeyReads, KeyRecord } from '../../../core/keys/ports.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';
import { findKey, type KeyOfUser } from './find-record.ts';

/** A secret works until it is rotated away or its key ends: on the metering item, a time later than any clock. */
export const noEnd = Number.MAX_SAFE_INTEGER;

export function updateRecord(
  table: Table,
  { userId, keyId }: KeyOfUser,
  update: Omit<NonNullable<Write['Update']>, 'TableName' | 'Key'>,
): Write {
  return { Update: { TableName: table.name, Key: itemKeys.key(userId, keyId), ...update } };
}

/** Finds a key by the hash of its secret. */
export function putHash(table: Table, { userId, keyId }: KeyOfUser, valueHash: string): Write {
  return { Put: { TableName: table.name, Item: { ...itemKeys.hash(valueHash), userId, keyId } } };
}

export function createKeyReads(table: Table): Pick<KeyReads, 'find' | 'findByHash' | 'listAll'> {
  const find = findKey(table);
  return {
    find,

    async findByHash(valueHash) {
      const pointer = await table.documents.send(
        new GetCommand({ TableName: table.name, Key: itemKeys.hash(valueHash), ConsistentRead: true }),
      );
      if (pointer.Item === undefined) return undefined;
      return find(String(pointer.Item.userId), String(pointer.Item.keyId));
    },

    listAll: (userId) => Array.fromAsync(keysOf(table, userId)).then((pages) => pages.flat()),
  };
}

/**
 * Page by page, newest first.
 * @param start the key after which to begin
 * @param pageSize @default as many as fit into DynamoDB's page
 */
export async function* keysOf(
  table: Table,
  userId: string,
  { start, pageSize }: { start?: Record<string, unknown>; pageSize?: number } = {},
): AsyncIterable<KeyRecord[]> {
  const { pk, sk } = itemKeys.key(userId, '');
  const pages = paginateQuery(
    {
      client: table.documents,
      ...(start !== undefined && { startingToken: start }),
      ...(pageSize !== undefined && { pageSize }),
    },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ScanIndexForward: false,
      ConsistentRead: true,
    },
  );
  for await (const page of pages) yield (page.Items ?? []) as KeyRecord[];
}
