import { DeleteCommand, GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { KeptKey, KeptKeys, KeyName } from '../../../core/provider-keys/kept-keys.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, type Write } from '../transact.ts';
import { userIsThere } from '../user-is-there.ts';

/** In the user's partition, so that they go with the account. */
export function createKeptKeys(table: Table): KeptKeys {
  const { name: TableName, documents } = table;
  const find: KeptKeys['find'] = async ({ userId, scope, provider }) => {
    const Key = itemKeys.providerKey(userId, scope, provider);
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item as KeptKey | undefined;
  };
  return {
    async put(userId, key) {
      const outcome = await transact(table, [
        putKept(table, userId, key),
        userIsThere(table, userId),
        ...(key.scope === 'account' ? [] : [keyIsActive(table, userId, key.scope)]),
        ...told(table, 'provider_key.kept', { ...key, userId }),
      ]);
      return outcome === 'written';
    },
    find,
    async delete(name) {
      const kept = await find(name);
      if (kept === undefined) return undefined;
      const Key = itemKeys.providerKey(name.userId, name.scope, name.provider);
      const gone: Write = { Delete: { TableName, Key, ConditionExpression: 'attribute_exists(pk)' } };
      const outcome = await transact(table, [gone, ...told(table, 'provider_key.deleted', name)]);
      return outcome === 'written' ? kept : undefined;
    },
  };
}

/** Which provider's it is, and nothing of the key. */
function told(
  table: Table,
  action: 'provider_key.kept' | 'provider_key.deleted',
  { userId, scope, provider }: KeyName,
): Write[] {
  const keyId = scope === 'account' ? null : scope;
  return auditWrites(table, { action, userId, keyId, at: Date.now(), detail: { provider } });
}

export function putKept({ name: TableName }: Table, userId: string, key: KeptKey): Write {
  const Key = itemKeys.providerKey(userId, key.scope, key.provider);
  return { Put: { TableName, Item: { ...Key, ...key } } };
}

/** Deletes those of one Daypass key. None is put for it once it has ended. */
export async function forgetKept(
  { name: TableName, documents }: Table,
  { userId, keyId }: { userId: string; keyId: string },
): Promise<void> {
  const { pk, sk } = itemKeys.providerKey(userId, keyId, '');
  const pages = paginateQuery(
    { client: documents },
    {
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ProjectionExpression: 'pk, sk',
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) {
    for (const Key of Items) await documents.send(new DeleteCommand({ TableName, Key }));
  }
}

function keyIsActive(table: Table, userId: string, keyId: string): Write {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: itemKeys.key(userId, keyId),
      ConditionExpression: '#status = :active',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':active': 'active' },
    },
  };
}
