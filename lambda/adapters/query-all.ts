import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Table } from './table.ts';

/** Every item of one partition, read consistently, page by page. */
export async function* queryAll(table: Table, pk: string): AsyncIterable<Record<string, unknown>> {
  const pages = paginateQuery(
    { client: table.documents },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
  );
  for await (const page of pages) yield* page.Items ?? [];
}
