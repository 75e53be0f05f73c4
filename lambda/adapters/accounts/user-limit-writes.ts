import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserLimitWrites } from '../../../core/keys/share-limits.ts';
import { storedLimits } from '../meter/meter-item.ts';
import { itemKeys, type Table } from '../table.ts';
import { isApplied } from '../transact.ts';

export function createUserLimitWrites({ name: TableName, documents }: Table): UserLimitWrites {
  return {
    apply: (meterId, limits, changedAt) =>
      isApplied(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: itemKeys.meter(meterId),
            ConditionExpression:
              'attribute_exists(#values) AND (attribute_not_exists(perUserAt) OR perUserAt < :at)',
            UpdateExpression:
              limits === undefined
                ? 'SET perUserAt = :at REMOVE perUser'
                : 'SET perUserAt = :at, perUser = :limits',
            ExpressionAttributeNames: { '#values': 'values' },
            ExpressionAttributeValues: {
              ':at': changedAt,
              ...(limits !== undefined && { ':limits': storedLimits(limits) }),
            },
          }),
        ),
      ),
    async applied(userId, changedAt) {
      await isApplied(
        documents.send(
          new UpdateCommand({
            TableName,
            Key: itemKeys.user(userId),
            ConditionExpression: 'limitsChangedAt = :at',
            UpdateExpression: 'REMOVE limitsPending',
            ExpressionAttributeValues: { ':at': changedAt },
          }),
        ),
      );
    },
  };
}
