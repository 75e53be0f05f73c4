import type { UserRecord } from '../../../core/accounts/ports.ts';
import type { AdminUserRecords, DirectoryUser, UserChange } from '../../../core/admin/ports.ts';
import { firstStatus, type SignUpPolicy } from '../../../core/catalog.ts';
import type { UserLimits } from '../../../core/keys/ports.ts';
import { auditWrites } from '../audit/audit-writes.ts';
import { itemKeys, type Table } from '../table.ts';
import { readItems } from '../table-reads.ts';
import { transact, type Write } from '../transact.ts';
import { applyDecisions, keepDecisions } from './admin-decisions.ts';
import { noteWrites } from './due-notices.ts';

/** @param policy says which status a new record has */
export function createAdminUsers(
  table: Table,
  policy: Pick<SignUpPolicy, 'approval'> = { approval: 'off' },
): AdminUserRecords {
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
    async change(user, change) {
      const first = firstStatus(policy);
      await applyDecisions(table, first, user, Date.now());
      return changeRecord(table, first, user, change);
    },
  };
}

async function changeRecord(
  table: Table,
  first: UserRecord['status'],
  { userId, email, createdAt }: Pick<DirectoryUser, 'userId' | 'email' | 'createdAt'>,
  change: UserChange,
): Promise<boolean> {
  const { approved, suspended, allowedPlans, limits, endsAt, invitedAt, notice } = change;
  const values: Record<string, unknown> = {};
  const sets = ['email = :email', 'createdAt = if_not_exists(createdAt, :createdAt)'];
  const removes: string[] = [];
  if (suspended === undefined && approved === undefined)
    sets.push('#status = if_not_exists(#status, :status)');
  else {
    sets.push('#status = :status');
    removes.push('suspendedByDirectory', 'closedBecause', 'closedAt', 'dormancyToldAt');
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
  const at = Date.now();
  if (endsAt === null) removes.push('endsAt');
  else if (endsAt !== undefined) {
    sets.push('endsAt = :endsAt');
    values[':endsAt'] = endsAt;
  }
  if (invitedAt !== undefined) {
    sets.push('invitedAt = :invitedAt');
    values[':invitedAt'] = invitedAt;
  }
  if (limits !== undefined) {
    // Until every key has them, so that the reconciler finishes what is cut off.
    sets.push('limitsChangedAt = :at', 'limitsPending = :true');
    Object.assign(values, { ':at': at, ':true': true });
    if (limits === null) removes.push('limits');
    else {
      sets.push('limits = :limits');
      values[':limits'] = limits;
    }
  }
  const update: Write = {
    Update: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression:
        approved === undefined
          ? 'attribute_not_exists(#status) OR #status <> :deleting'
          : 'attribute_not_exists(#status) OR #status IN (:status, :waiting)',
      UpdateExpression: `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ...values,
        ':email': email,
        ':createdAt': createdAt,
        ':status': statusAfter(first, { approved, suspended }),
        ...(approved === undefined ? { ':deleting': 'deleting' } : { ':waiting': 'waiting' }),
      },
    },
  };
  const about = { userId, at };
  const told = [
    ...(approved === undefined ? [] : auditWrites(table, { ...about, action: 'user.approved' })),
    ...(suspended === undefined
      ? []
      : auditWrites(table, { ...about, action: suspended ? 'user.suspended' : 'user.restored' })),
    ...(allowedPlans === undefined
      ? []
      : auditWrites(table, { ...about, action: 'user.plans_changed', detail: { allowedPlans } })),
    ...(endsAt === undefined
      ? []
      : auditWrites(table, {
          ...about,
          action: 'user.end_changed',
          detail: { endsAt: endsAt === null ? null : new Date(endsAt).toISOString() },
        })),
    ...(limits === undefined
      ? []
      : auditWrites(table, { ...about, action: 'user.limits_changed', detail: textOf(limits) })),
  ];
  const kept = keepDecisions(table, email, change);
  const note = noteWrites(table, notice && { kind: notice, userId, email, at });
  const writes = [update, ...(kept === undefined ? [] : [kept]), ...note, ...told];
  return (await transact(table, writes)) === 'written';
}

/** As a change sets it, or, if it sets none, that of a new record. */
function statusAfter(first: UserRecord['status'], { approved, suspended }: UserChange): UserRecord['status'] {
  if (suspended === true) return 'suspended';
  return approved === true || suspended === false ? 'active' : first;
}

function textOf(limits: UserLimits | null): Record<string, string | null> {
  if (limits === null) return { limits: null };
  const set = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return Object.fromEntries(set.map(([field, limit]) => [field, String(limit)]));
}

function toRecord(userId: string, item: Record<string, unknown>): UserRecord {
  return { ...(item as Omit<UserRecord, 'userId'>), userId };
}
