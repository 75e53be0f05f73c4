import type { SessionRecord, SessionRecords } from '../../../core/accounts/session-records.ts';
import { sessionSeconds } from '../../../core/contract/accounts/session-life.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { isApplied } from '../transact.ts';

export const sessionPrefix = 'SESSION#';

/** What logging in, staying and logging out write. Without the SDK's client: these functions start while a page waits. */
export function createSessionUses(table: HotTable): Pick<SessionRecords, 'find' | 'keep' | 'close'> {
  const TableName = table.name;
  return {
    async find(userId, id) {
      const { Item } = await table.items.get({
        TableName,
        Key: itemKeys.session(userId, id),
        ConsistentRead: true,
      });
      return Item && toRecord(Item);
    },
    async keep(userId, { id, createdAt, lastUsedAt, browser = null }) {
      await table.items.update({
        TableName,
        Key: itemKeys.session(userId, id),
        // Whatever ended the session in the meantime stays.
        UpdateExpression:
          'SET createdAt = :createdAt, lastUsedAt = :lastUsedAt, browser = :browser, #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':createdAt': createdAt,
          ':lastUsedAt': lastUsedAt,
          ':browser': browser,
          ':ttl': Math.floor(createdAt / 1000) + sessionSeconds,
        },
      });
    },
    close: (userId, id, now) => endSessionAt(table, userId, id, now),
  };
}

/** A session that has no record needs none to end. */
export async function endSessionAt(
  { name: TableName, items }: HotTable,
  userId: string,
  id: string,
  now: number,
): Promise<void> {
  await isApplied(
    items.update({
      TableName,
      Key: itemKeys.session(userId, id),
      ConditionExpression: 'attribute_exists(pk)',
      UpdateExpression: 'SET endedAt = if_not_exists(endedAt, :now)',
      ExpressionAttributeValues: { ':now': now },
    }),
  );
}

/** The table's TTL may lag two days behind, by when the session's refresh token has long expired. */
export function toRecord(item: Record<string, unknown>): SessionRecord {
  const { sk, createdAt, lastUsedAt, browser, endedAt } = item;
  return {
    id: String(sk).slice(sessionPrefix.length),
    createdAt: Number(createdAt),
    lastUsedAt: Number(lastUsedAt),
    ...(typeof browser === 'string' && { browser }),
    ...(endedAt !== undefined && { endedAt: Number(endedAt) }),
  };
}
