import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecord } from '../../../core/accounts/ports.ts';
import type { AdminUserRecords, DirectoryUser, UserChange } from '../../../core/admin/ports.ts';
import { itemKeys, type Table } from '../table.ts';
import { readItems } from '../table-reads.ts';

export function createAdminUsers(table: Table): AdminUserRecords {
  const prefix = itemKeys.user('').pk;
  return {
    async read(userIds) {
      const items = await readItems(
        table,
        userIds.map((userId) => itemKeys.user(userId)),
      );
      return new Map(
        items.map((item) => {
          const userId = String(item.pk).slice(prefix.length);
          return [userId, toRecord(userId, item)];
        }),
      );
    },
    change: (user, change) => changeRecord(table, user, change),
  };
}

async function changeRecord(
  table: Table,
  { userId, email, createdAt }: Pick<DirectoryUser, 'userId' | 'email' | 'createdAt'>,
  { suspended, allowedPlans }: UserChange,
): Promise<UserRecord | undefined> {
  const values: Record<string, unknown> = {};
  const names: Record<string, string> = { '#status': 'status' };
  const sets = ['email = :email', 'createdAt = if_not_exists(createdAt, :createdAt)'];
  const removes: string[] = [];
  if (suspended === undefined) sets.push('#status = if_not_exists(#status, :status)');
  else {
    sets.push('#status = :status');
    removes.push('suspendedByDirectory');
  }
  if (suspended === true) {
    sets.push('keysHeld = :true');
    values[':true'] = true;
  }
  if (allowedPlans === null) removes.push('allowedPlans');
  else if (allowedPlans !== undefined) {
    sets.push('allowedPlans = :plans');
    values[':plans'] = [...new Set(allowedPlans)];
  }
  const command = new UpdateCommand({
    TableName: table.name,
    Key: itemKeys.user(userId),
    ConditionExpression: 'attribute_not_exists(#status) OR #status <> :deleting',
    UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: {
      ...values,
      ':email': email,
      ':createdAt': createdAt,
      ':status': suspended === true ? 'suspended' : 'active',
      ':deleting': 'deleting',
    },
    ReturnValues: 'ALL_NEW',
  });
  try {
    const answer = await table.documents.send(command);
    return toRecord(userId, answer.Attributes ?? {});
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

function toRecord(userId: string, item: Record<string, unknown>): UserRecord {
  return { ...(item as Omit<UserRecord, 'userId'>), userId };
}
