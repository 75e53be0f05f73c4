import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionEnds } from '../../../core/accounts/ports.ts';
import { firstStatus, type SignUpPolicy } from '../../../core/catalog.ts';
import { itemKeys, type Table } from '../table.ts';

/** @param policy says which standing a user without a record has */
export function createDynamoSessionEnds(
  { name: TableName, documents }: Table,
  policy: Pick<SignUpPolicy, 'approval'> = { approval: 'off' },
): SessionEnds {
  return {
    async lastOf(userId) {
      const { Item } = await documents.send(
        new GetCommand({
          TableName,
          Key: itemKeys.user(userId),
          ProjectionExpression: 'sessionsEndedAt, endsAt, #status',
          ExpressionAttributeNames: { '#status': 'status' },
          ConsistentRead: true,
        }),
      );
      return {
        at: Item?.sessionsEndedAt as number | undefined,
        isDeleted: Item?.status === 'deleting',
        isSuspended:
          Item?.status === 'suspended' || Number(Item?.endsAt ?? Number.POSITIVE_INFINITY) <= Date.now(),
        isWaiting: (Item?.status ?? firstStatus(policy)) === 'waiting',
      };
    },
    async mark(userId, now) {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: itemKeys.user(userId),
          UpdateExpression: 'SET sessionsEndedAt = :now',
          ExpressionAttributeValues: { ':now': now },
        }),
      );
    },
  };
}
