import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Connection } from '../connect.ts';
import type { Deployment } from '../deployment.ts';
import type { Item } from './item-json.ts';

/** DynamoDB's most. */
export const batchSize = 100;

export const nameOf = ({ pk, sk }: Item) => `${pk?.S}\n${sk?.S}`;

/** Those of the items that the table has, as it has them. */
export async function readHere(
  connection: Connection,
  { tableName }: Deployment,
  items: readonly Item[],
): Promise<Map<string, Item>> {
  const client = connection.dynamoDb();
  const found = new Map<string, Item>();
  let keys: Item[] = items.flatMap(({ pk, sk }) => (pk && sk ? [{ pk, sk }] : []));
  while (keys.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[tableName] ?? []) found.set(nameOf(item), item);
    keys = (UnprocessedKeys?.[tableName]?.Keys ?? []) as Item[];
  }
  return found;
}
