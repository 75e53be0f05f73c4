import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Intent, IntentKind, Intents } from '../../../core/reconcile/ports.ts';
import { queryAll } from '../query-all.ts';
import { itemKeys, listShards, pendingPartition, type Table } from '../table.ts';
import { isApplied, type Write } from '../transact.ts';

/**
 * Records an intent, in the transaction that begins the operation. Another write of that transaction must ensure that the
 * operation begins once: an overwritten intent would lose the time that makes it due and the failures that park it.
 */
export function putIntent(
  table: Table,
  intent: { subject: string; kind: IntentKind; userId: string; since: number },
): Write {
  return { Put: { TableName: table.name, Item: { ...itemKeys.pending(intent.subject), ...intent } } };
}

/** Like `putIntent`, but refused if there is an intent of the same kind. */
export function putFirstIntent(table: Table, intent: Parameters<typeof putIntent>[1]): Write {
  const { Put } = putIntent(table, intent);
  return {
    Put: {
      ...(Put as NonNullable<Write['Put']>),
      ConditionExpression: 'attribute_not_exists(pk) OR kind <> :kind',
      ExpressionAttributeValues: { ':kind': intent.kind },
    },
  };
}

/** Removes an intent, in the transaction that ends the operation. */
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
        for await (const item of queryAll(table, pendingPartition(shard))) yield item as unknown as Intent;
      }
    },
    async countFailure({ subject, userId }, now) {
      const answer = await table.documents.send(
        new UpdateCommand({
          TableName: table.name,
          Key: itemKeys.pending(subject),
          UpdateExpression:
            'SET subject = :subject, userId = :user, kind = if_not_exists(kind, :repair), since = if_not_exists(since, :now) ADD failures :one',
          ExpressionAttributeValues: {
            ':subject': subject,
            ':user': userId,
            ':repair': 'repair',
            ':now': now,
            ':one': 1,
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Number(answer.Attributes?.failures ?? 1);
    },
    remove: ({ subject, kind, since }) => removeThis(table, subject, { ':kind': kind, ':since': since }),
  };
}

async function removeThis(table: Table, subject: string, values: Record<string, unknown>): Promise<void> {
  const command = new DeleteCommand({
    TableName: table.name,
    Key: itemKeys.pending(subject),
    ConditionExpression: 'kind = :kind AND since = :since',
    ExpressionAttributeValues: values,
  });
  await isApplied(table.documents.send(command));
}
