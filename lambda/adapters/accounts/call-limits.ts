import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TakeCall } from '../../../core/chat/count-tokens.ts';
import { windowAt } from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';

/** Past the minute that the counter is for, clocks that differ included. */
const counterLifeSeconds = 3600;

/** Counts calls that take nothing of a plan, a minute at a time. A reply that is lost may count one twice. */
export function createCallLimits(table: Table): TakeCall {
  return async (scope, limit, now) => {
    const command = new UpdateCommand({
      TableName: table.name,
      Key: itemKeys.limit(scope, windowAt('minute', now).id),
      ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
      UpdateExpression: 'SET #ttl = :ttl ADD used :one',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':limit': limit,
        ':one': 1,
        ':ttl': Math.floor(now / 1000) + counterLifeSeconds,
      },
    });
    try {
      await table.documents.send(command);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
}
