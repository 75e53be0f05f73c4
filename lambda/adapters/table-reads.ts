import { BatchGetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { DaypassError } from '../../core/errors.ts';
import type { Table } from './table.ts';

/** A batch read takes at most 100 items. */
const batchSize = 100;

type Item = Record<string, unknown>;

/** The items that exist, read consistently, in no particular order. */
export async function readItems(table: Table, keys: readonly Item[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let from = 0; from < keys.length; from += batchSize) {
    items.push(...(await readBatch(table, keys.slice(from, from + batchSize))));
  }
  return items;
}

async function readBatch(table: Table, keys: Item[]): Promise<Item[]> {
  const items: Item[] = [];
  let pending = keys;
  while (pending.length > 0) {
    const answer = await table.documents.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: pending, ConsistentRead: true } } }),
    );
    items.push(...(answer.Responses?.[table.name] ?? []));
    pending = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return items;
}

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

export function invalidCursor(): DaypassError {
  return new DaypassError(
    'invalid_request',
    'cursor must be the nextCursor of the page before, with the same query.',
    { param: 'cursor' },
  );
}
