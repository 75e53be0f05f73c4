import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { itemKeys, type Table } from './table.ts';
import type { Write } from './transact.ts';

/** Waits for a conditional write. @returns false if its condition failed */
export async function isApplied(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Counts one call in a window unless the window is full. */
export function countBelow(
  table: Table,
  { scope, windowId }: { scope: string; windowId: string },
  { limit, ttl }: { limit: number; ttl: number },
): NonNullable<Write['Update']> {
  return {
    TableName: table.name,
    Key: itemKeys.limit(scope, windowId),
    ConditionExpression: 'attribute_not_exists(used) OR used < :limit',
    UpdateExpression: 'SET #ttl = :ttl ADD used :one',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':limit': limit, ':one': 1, ':ttl': ttl },
  };
}
