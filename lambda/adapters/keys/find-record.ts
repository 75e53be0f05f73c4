import { isKeyId } from '../../../core/keys/key-id.ts';
import type { KeyReads, KeyRecord } from '../../../core/keys/ports.ts';
import { type HotTable, itemKeys } from '../table.ts';

export type KeyOfUser = Pick<KeyRecord, 'userId' | 'keyId'>;

export async function findRecord(
  { name: TableName, items }: HotTable,
  { userId, keyId }: KeyOfUser,
): Promise<KeyRecord | undefined> {
  const { Item } = await items.get({ TableName, Key: itemKeys.key(userId, keyId), ConsistentRead: true });
  return Item as KeyRecord | undefined;
}

export function findKey(table: HotTable): KeyReads['find'] {
  return async (userId, keyId) => (isKeyId(keyId) ? findRecord(table, { userId, keyId }) : undefined);
}
