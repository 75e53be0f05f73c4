import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { itemKeys, type Table } from '../table.ts';
import { isApplied } from '../transact.ts';

/** @returns false if there is no such active user */
export function changeSpendWarnings(table: Table, userId: string, wanted: boolean): Promise<boolean> {
  return isApplied(
    table.documents.send(
      new UpdateCommand({
        TableName: table.name,
        Key: itemKeys.user(userId),
        ConditionExpression: '#status = :active',
        UpdateExpression: 'SET spendWarnings = :wanted',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':active': 'active', ':wanted': wanted },
      }),
    ),
  );
}

/** Of an active user who wants warnings. */
export async function addressForWarnings(table: Table, userId: string): Promise<string | undefined> {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.name, Key: itemKeys.user(userId), ConsistentRead: true }),
  );
  return Item?.status === 'active' && Item.spendWarnings === true ? String(Item.email) : undefined;
}
