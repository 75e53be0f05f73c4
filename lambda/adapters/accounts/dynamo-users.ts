import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { UserRecord, UserRecords } from '../../../core/accounts/ports.ts';
import { firstStatus, type SignUpPolicy } from '../../../core/catalog.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { deleteIntent, putFirstIntent } from '../keys/dynamo-intents.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, type Write } from '../transact.ts';

/** @param policy says which status a new record has */
export function createDynamoUsers(
  table: Table,
  policy: Pick<SignUpPolicy, 'approval'> = { approval: 'off' },
): UserRecords {
  return {
    ensure: (user) => ensure(table, firstStatus(policy), user),
    async reopen(userId, now) {
      const opening: Write = {
        Update: {
          TableName: table.name,
          Key: itemKeys.user(userId),
          ConditionExpression: '#status = :suspended AND closedBecause = :dormant',
          UpdateExpression: 'SET #status = :active REMOVE closedBecause, closedAt',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':suspended': 'suspended',
            ':dormant': 'dormant',
            ':active': 'active',
          },
        },
      };
      await transact(table, [opening, ...auditWrites(table, { action: 'user.restored', userId, at: now })]);
    },
    beginDeletion: (userId, now) => beginDeletion(table, userId, now),
    finishDeletion: (userId) => deleteIntent(table, userId),
    async deleteAll(userId, now, hasTime) {
      if (!(await deletePartition(table, userId, hasTime))) return false;
      // The user's token is valid until it expires. The mark keeps it from creating the account again.
      await table.documents.send(
        new PutCommand({
          TableName: table.name,
          Item: {
            ...itemKeys.user(userId),
            status: 'deleting',
            createdAt: now,
            email: '',
            ttl: Math.floor(now / 1000) + tombstoneSeconds,
          },
        }),
      );
      return true;
    },
  };
}

/** If there is an intent already, only the mark is set again: that of a long parked deletion may have expired. */
async function beginDeletion(table: Table, userId: string, now: number): Promise<void> {
  const mark: Write = {
    Update: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      UpdateExpression: 'SET #status = :deleting',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':deleting': 'deleting' },
    },
  };
  const intent = putFirstIntent(table, { subject: userId, kind: 'delete-user', userId, since: now });
  const told = auditWrites(table, { action: 'user.deleted', userId, at: now });
  if ((await transact(table, [mark, intent, ...told])) === 'refused') await transact(table, [mark]);
}

async function ensure(
  table: Table,
  status: UserRecord['status'],
  { userId, email, createdAt }: { userId: string; email: string; createdAt: number },
): Promise<UserRecord> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.user(userId),
    // The user of a deleted account may still hold a token, which must not restore it.
    ConditionExpression: 'attribute_not_exists(#status) OR #status <> :deleting',
    UpdateExpression:
      'SET email = :email, lastSeenAt = :now, createdAt = if_not_exists(createdAt, :now), #status = if_not_exists(#status, :first)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':email': email,
      ':now': createdAt,
      ':first': status,
      ':deleting': 'deleting',
    },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    const answer = await table.documents.send(command);
    return { ...(answer.Attributes as Omit<UserRecord, 'userId'>), userId };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException) || error.Item === undefined) throw error;
    return { ...(unmarshall(error.Item) as Omit<UserRecord, 'userId'>), userId };
  }
}

/** Longer than the life of a login token (an hour), even if clocks differ. */
const tombstoneSeconds = 86_400;
/** A batch write takes at most 25 items. */
const batchSize = 25;

const batchesAtOnce = 4;

/** Deletes everything of the user except the profile, which still says that the account is being deleted. */
async function deletePartition(table: Table, userId: string, hasTime: () => boolean): Promise<boolean> {
  const { pk, sk: profile } = itemKeys.user(userId);
  for (;;) {
    if (!hasTime()) return false;
    const page: QueryCommandOutput = await table.documents.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ProjectionExpression: 'pk, sk',
        Limit: batchSize * batchesAtOnce,
        ConsistentRead: true,
      }),
    );
    const requests = (page.Items ?? [])
      .filter(({ sk }) => sk !== profile)
      .map((Key) => ({ DeleteRequest: { Key } }));
    if (requests.length === 0) return true;
    const batches = Array.from({ length: Math.ceil(requests.length / batchSize) }, (_unused, at) =>
      requests.slice(at * batchSize, (at + 1) * batchSize),
    );
    // Unprocessed items are still there and come with the next page.
    await Promise.all(
      batches.map((batch) =>
        table.documents.send(new BatchWriteCommand({ RequestItems: { [table.name]: batch } })),
      ),
    );
  }
}
