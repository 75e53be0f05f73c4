import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Intent, IntentKind, Intents } from '../../../core/reconcile/ports.ts';
import { queryAll } from '../query-all.ts';
import { itemKeys, listShards, pendingPartition, type Table } from '../table.ts';
import type { Write } from '../transact.ts';

/**
 * The write that leaves an intent, for the transaction that begins the operation. Another write of that transaction has
 * to see to it that each operation begins once: an intent written over would lose its time, by which it is due, and its
 * failures, by which it is parked.
 */
export function putIntent(
  table: Table,
  intent: { subject: string; kind: IntentKind; userId: string; since: number },
): Write {
  return { Put: { TableName: table.name, Item: { ...itemKeys.pending(intent.subject), ...intent } } };
}

/** As `putIntent`, refused where an intent of the same kind stands already. */
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
  await table.documents.send(command).catch((error: unknown) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
}
