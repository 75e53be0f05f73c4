import { type HotTable, itemKeys } from './table.ts';
import type { Write } from './transact.ts';

/** For writes into a user's partition, which must not come after the account was deleted. */
export function userIsThere(table: HotTable, userId: string): Write {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression: 'attribute_exists(pk) AND #status <> :deleting',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':deleting': 'deleting' },
    },
  };
}
