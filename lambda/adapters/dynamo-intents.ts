import { DeleteCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Intent, IntentKind, Intents } from '../../core/reconcile/ports.ts';
import { itemKeys, listShards, type Table } from './table.ts';
import type { Write } from './transact.ts';

/** The write that leaves an intent, for the transaction that begins the operation. */
export function putIntent(
  table: Table,
  intent: { subject: string; kind: IntentKind; userId: string; since: number },
): Write {
  return { Put: { TableName: table.name, Item: { ...itemKeys.pending(intent.subject), ...intent } } };
}

/** The write that takes an intent back, for the transaction that ends the operation. */
export function removeIntent(table: Table, subject: string): Write {
  return { Delete: { TableName: table.name, Key: itemKeys.pending(subject) } };
}

export async function deleteIntent(table: Table, subject: string): Promise<void> {
  await table.documents.send(new DeleteCommand({ TableName: table.name, Key: itemKeys.pending(subject) }));
}

export function createDynamoIntents(table: Table): Intents {
  return {
    async *list() {
      for (let shard = 0; shard < listShards; shard += 1) {
        for await (const item of queryAll(table, `PENDING#${shard}`)) yield item as unknown as Intent;
      }
    },
    async countFailure(subject) {
      const answer = await table.documents.send(
        new UpdateCommand({
          TableName: table.name,
          Key: itemKeys.pending(subject),
          ConditionExpression: 'attribute_exists(pk)',
          UpdateExpression: 'ADD failures :one',
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Number(answer.Attributes?.failures ?? 1);
    },
    remove: (subject) => deleteIntent(table, subject),
  };
}

/** Every item of one partition, page by page. */
export async function* queryAll(table: Table, pk: string): AsyncIterable<Record<string, unknown>> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.documents.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}
