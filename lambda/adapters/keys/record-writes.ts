import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { KeyRecord } from '../../../core/keys/ports.ts';
import { itemKeys, type Table } from '../table.ts';
import type { Write } from '../transact.ts';

/** A secret works until it is rotated away or its key ends: on the metering item, a time later than any clock. */
export const noEnd = Number.MAX_SAFE_INTEGER;

type KeyOfUser = Pick<KeyRecord, 'userId' | 'keyId'>;

export async function findRecord(table: Table, { userId, keyId }: KeyOfUser): Promise<KeyRecord | undefined> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.name, Key: itemKeys.key(userId, keyId), ConsistentRead: true }),
  );
  return Item as KeyRecord | undefined;
}

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
