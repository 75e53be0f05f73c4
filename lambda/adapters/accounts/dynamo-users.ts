import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandOutput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DeletedBy, HasTime, UserRecord, UserRecords } from '../../../core/accounts/ports.ts';
import { accountSuspended } from '../../../core/accounts/users.ts';
import { firstStatus, type SignUpPolicy } from '../../../core/catalog.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { deleteIntent, putFirstIntent } from '../keys/dynamo-intents.ts';
import { deletedUserSeconds } from '../lifetimes.ts';
import { itemKeys, type Table } from '../table.ts';
import { transact, type Write } from '../transact.ts';
import { applyDecisions, endDecisions, forgetDecisions } from './admin-decisions.ts';
import { deleteDueFeedback } from './due-feedback.ts';
import { noteWrites } from './due-notices.ts';

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
    beginDeletion: (userId, now, by) => beginDeletion(table, userId, now, by),
    finishDeletion: (userId) => deleteIntent(table, userId),
    async deleteAll(userId, now, hasTime) {
      await leaveDecisions(table, userId, now);
      await deleteDueFeedback(table, userId);
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
            ttl: Math.floor(now / 1000) + deletedUserSeconds,
          },
        }),
      );
      return true;
    },
  };
}

/** If there is an intent already, only the mark is set again: that of a long parked deletion may have expired. */
async function beginDeletion(table: Table, userId: string, now: number, by: DeletedBy): Promise<void> {
  const isAdmin = by.as === 'admin';
  const mark: Write = {
    Update: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      // A call of the user may have been let in just before an admin suspended the account.
      ...(!isAdmin && {
        ConditionExpression: 'attribute_not_exists(#status) OR #status <> :suspended',
      }),
      UpdateExpression: `SET #status = :deleting${isAdmin ? ', deletedBy = :by' : ''}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':deleting': 'deleting',
        ...(isAdmin ? { ':by': by.as } : { ':suspended': 'suspended' }),
      },
    },
  };
  const intent = putFirstIntent(table, { subject: userId, kind: 'delete-user', userId, since: now });
  const told = auditWrites(table, { action: 'user.deleted', userId, at: now });
  const note = noteWrites(table, isAdmin ? by.notice : undefined);
  if ((await transact(table, [mark, intent, ...note, ...told])) === 'written') return;
  if ((await transact(table, [mark])) === 'refused') throw accountSuspended();
}

/** What admins decided about the address is kept if the user leaves, and forgotten if an admin deletes the account. */
async function leaveDecisions(table: Table, userId: string, now: number): Promise<void> {
  const command = new GetCommand({ TableName: table.name, Key: itemKeys.user(userId), ConsistentRead: true });
  const { email, deletedBy } = (await table.documents.send(command)).Item ?? {};
  if (typeof email !== 'string' || email === '') return;
  await (deletedBy === 'admin' ? forgetDecisions(table, email) : endDecisions(table, email, now));
}

type NewUser = Parameters<UserRecords['ensure']>[0];

async function ensure(table: Table, first: UserRecord['status'], user: NewUser): Promise<UserRecord> {
  const known = await seen(table, first, user, 'attribute_exists(createdAt)');
  if (known !== undefined) return known;
  await applyDecisions(table, first, user, user.createdAt);
  const made = await seen(table, first, user);
  if (made === undefined) throw new Error('A record without a condition was refused.');
  return made;
}

/** @returns undefined if the record doesn't fulfil the condition */
async function seen(
  table: Table,
  first: UserRecord['status'],
  { userId, email, createdAt }: NewUser,
  condition?: string,
): Promise<UserRecord | undefined> {
  const isLive = 'attribute_not_exists(#status) OR #status <> :deleting';
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.user(userId),
    // The user of a deleted account may still hold a token, which must not restore it.
    ConditionExpression: condition === undefined ? isLive : `(${isLive}) AND ${condition}`,
    UpdateExpression:
      'SET email = :email, lastSeenAt = :now, createdAt = if_not_exists(createdAt, :now), #status = if_not_exists(#status, :first)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':email': email,
      ':now': createdAt,
      ':first': first,
      ':deleting': 'deleting',
    },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    const answer = await table.documents.send(command);
    return { ...(answer.Attributes as Omit<UserRecord, 'userId'>), userId };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const item = error.Item && unmarshall(error.Item);
    return item?.status === 'deleting' ? { ...(item as Omit<UserRecord, 'userId'>), userId } : undefined;
  }
}

/** A batch write takes at most 25 items. */
const batchSize = 25;

const batchesAtOnce = 4;

/** Deletes everything of the user except the profile, which still says that the account is being deleted. */
async function deletePartition(table: Table, userId: string, hasTime: HasTime): Promise<boolean> {
  const { pk, sk: profile } = itemKeys.user(userId);
  for (;;) {
    if (!(await hasTime())) return false;
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
