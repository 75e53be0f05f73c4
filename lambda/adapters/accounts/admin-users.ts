import type { UserRecord } from '../../../core/accounts/ports.ts';
import type { AdminUserRecords, DirectoryUser, UserChange } from '../../../core/admin/ports.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { itemKeys, type Table } from '../table.ts';
import { readItems } from '../table-reads.ts';
import { transact, type Write } from '../transact.ts';

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
): Promise<boolean> {
  const values: Record<string, unknown> = {};
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
  const update: Write = {
    Update: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression: 'attribute_not_exists(#status) OR #status <> :deleting',
      UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ...values,
        ':email': email,
        ':createdAt': createdAt,
        ':status': suspended === true ? 'suspended' : 'active',
        ':deleting': 'deleting',
      },
    },
  };
  const about = { userId, at: Date.now() };
  const told = [
    ...(suspended === undefined
      ? []
      : auditWrites(table, { ...about, action: suspended ? 'user.suspended' : 'user.restored' })),
    ...(allowedPlans === undefined
      ? []
      : auditWrites(table, { ...about, action: 'user.plans_changed', detail: { allowedPlans } })),
  ];
  return (await transact(table, [update, ...told])) === 'written';
}

function toRecord(userId: string, item: Record<string, unknown>): UserRecord {
  return { ...(item as Omit<UserRecord, 'userId'>), userId };
}
