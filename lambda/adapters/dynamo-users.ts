import {
  BatchWriteCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { UserRecord, UserRecords } from '../../core/ports.ts';
import { deleteIntent, putIntent } from './dynamo-intents.ts';
import { itemKeys, type Table } from './table.ts';
import { transact } from './transact.ts';

export function createDynamoUsers(table: Table): UserRecords {
  return {
    async ensure({ userId, email, createdAt }) {
      const answer = await table.documents.send(
        new UpdateCommand({
          TableName: table.name,
          Key: itemKeys.user(userId),
          UpdateExpression:
            'SET email = :email, createdAt = if_not_exists(createdAt, :now), #status = if_not_exists(#status, :active)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':email': email, ':now': createdAt, ':active': 'active' },
          ReturnValues: 'ALL_NEW',
        }),
      );
      const item = answer.Attributes as Omit<UserRecord, 'userId'>;
      return { ...item, userId };
    },
    async beginDeletion(userId, now) {
      await transact(table, [
        {
          Update: {
            TableName: table.name,
            Key: itemKeys.user(userId),
            UpdateExpression: 'SET #status = :deleting',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':deleting': 'deleting' },
          },
        },
        putIntent(table, { subject: userId, kind: 'delete-user', userId, since: now }),
      ]);
    },
    settleDeletion: (userId) => deleteIntent(table, userId),
    deleteAll: (userId) => deletePartition(table, itemKeys.user(userId).pk),
  };
}

/** A batch write takes at most 25 items. */
const batchSize = 25;

async function deletePartition(table: Table, pk: string): Promise<void> {
  let page: QueryCommandOutput;
  do {
    page = await table.documents.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ProjectionExpression: 'pk, sk',
        Limit: batchSize,
        ConsistentRead: true,
      }),
    );
    const requests = (page.Items ?? []).map((Key) => ({ DeleteRequest: { Key } }));
    if (requests.length > 0) {
      // What DynamoDB left unprocessed is still there and comes with the next page.
      await table.documents.send(new BatchWriteCommand({ RequestItems: { [table.name]: requests } }));
    }
  } while ((page.Items ?? []).length > 0);
}
