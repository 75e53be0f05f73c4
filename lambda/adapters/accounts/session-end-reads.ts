import type { SessionEnds } from '../../../core/accounts/ports.ts';
import { firstStatus, type SignUpPolicy } from '../../../core/catalog.ts';
import { type HotTable, itemKeys } from '../table.ts';

/** @param policy says which standing a user without a record has */
export function createSessionEndReads(
  { name: TableName, items }: HotTable,
  policy: Pick<SignUpPolicy, 'approval'>,
): Pick<SessionEnds, 'lastOf'> {
  return {
    async lastOf(userId) {
      const { Item } = await items.get({
        TableName,
        Key: itemKeys.user(userId),
        ProjectionExpression: 'sessionsEndedAt, endedSessions, endsAt, #status',
        ExpressionAttributeNames: { '#status': 'status' },
        ConsistentRead: true,
      });
      return {
        at: Item?.sessionsEndedAt as number | undefined,
        ended: Item?.endedSessions && Object.keys(Item.endedSessions as Record<string, number>),
        isDeleted: Item?.status === 'deleting',
        isSuspended:
          Item?.status === 'suspended' || Number(Item?.endsAt ?? Number.POSITIVE_INFINITY) <= Date.now(),
        isWaiting: (Item?.status ?? firstStatus(policy)) === 'waiting',
      };
    },
  };
}
