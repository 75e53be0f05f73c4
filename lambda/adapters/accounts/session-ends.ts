import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SessionEnds } from '../../../core/accounts/ports.ts';
import { itemKeys, type Table } from '../table.ts';

export function createDynamoSessionEnds({ name: TableName, documents }: Table): SessionEnds {
  return {
    async lastOf(userId) {
      const { Item } = await documents.send(
        new GetCommand({
          TableName,
          Key: itemKeys.user(userId),
          ProjectionExpression: 'sessionsEndedAt, #status',
          ExpressionAttributeNames: { '#status': 'status' },
          ConsistentRead: true,
        }),
      );
      return {
        at: Item?.sessionsEndedAt as number | undefined,
        isDeleted: Item?.status === 'deleting',
        isSuspended: Item?.status === 'suspended',
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
