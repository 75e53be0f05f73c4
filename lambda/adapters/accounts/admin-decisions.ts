import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { UserRecord } from '../../../core/accounts/ports.ts';
import type { DirectoryUser, UserChange } from '../../../core/admin/ports.ts';
import { personOf } from '../../../core/keys/places.ts';
import { itemKeys, type Table } from '../table.ts';
import { isApplied, transact, type Write } from '../transact.ts';

/**
 * What admins decided about a user is also kept by the hash of the address, beside the user's record: otherwise whoever deletes
 * the account and signs up again would be free of it. It has no end while there is an account.
 */
type Decisions = Pick<UserRecord, 'allowedPlans' | 'limits' | 'endsAt'> & { suspended?: true; ttl?: number };

const names = ['allowedPlans', 'limits', 'endsAt', 'suspended'] as const;

const keyOf = (email: string) => itemKeys.decisions(personOf(email));

/** For the transaction of a change. @returns undefined if the change decides nothing that is kept */
export function keepDecisions(table: Table, email: string, change: UserChange): Write | undefined {
  const { suspended, allowedPlans, limits, endsAt } = change;
  const decided: [(typeof names)[number], unknown][] = [
    ['allowedPlans', allowedPlans],
    ['limits', limits],
    ['endsAt', endsAt],
    ['suspended', suspended === false ? null : suspended],
  ];
  const changed = decided.filter(([, value]) => value !== undefined);
  if (changed.length === 0) return undefined;
  const sets = changed.filter(([, value]) => value !== null);
  const removes = ['#ttl', ...changed.filter(([, value]) => value === null).map(([name]) => name)];
  const set = sets.map(([name]) => `${name} = :${name}`).join(', ');
  return {
    Update: {
      TableName: table.name,
      Key: keyOf(email),
      UpdateExpression: `${set === '' ? '' : `SET ${set} `}REMOVE ${removes.join(', ')}`,
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ...(set !== '' && {
        ExpressionAttributeValues: Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
      }),
    },
  };
}

/** Makes the record of a user who has none from what was decided about the address before. Without that, it makes none. */
export async function applyDecisions(
  table: Table,
  first: UserRecord['status'],
  { userId, email }: Pick<DirectoryUser, 'userId' | 'email'>,
  now: number,
): Promise<void> {
  const command = new GetCommand({ TableName: table.name, Key: keyOf(email), ConsistentRead: true });
  const kept = (await table.documents.send(command)).Item as Decisions | undefined;
  // DynamoDB may take days to delete it.
  if (kept === undefined || (kept.ttl ?? Number.POSITIVE_INFINITY) * 1000 <= now) return;
  const { allowedPlans, limits, endsAt, suspended } = kept;
  const decided = Object.entries({ allowedPlans, limits, endsAt, ...(limits && { limitsChangedAt: now }) });
  const sets = decided.filter(([, value]) => value !== undefined);
  const record: Write = {
    Update: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression:
        'attribute_not_exists(createdAt) AND (attribute_not_exists(#status) OR #status <> :deleting)',
      UpdateExpression: `SET ${[
        'email = :email',
        'createdAt = :now',
        '#status = if_not_exists(#status, :status)',
        ...sets.map(([name]) => `${name} = :${name}`),
      ].join(', ')}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':email': email,
        ':now': now,
        ':status': suspended ? 'suspended' : first,
        ':deleting': 'deleting',
        ...Object.fromEntries(sets.map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
  const stay: Write = {
    Update: {
      TableName: table.name,
      Key: keyOf(email),
      UpdateExpression: 'REMOVE #ttl',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
    },
  };
  // Refused if another call has made the record.
  await transact(table, [record, stay]);
}

/**
 * They last as long after a deletion as the audit trail knows of it, and at least as long as what was used of a place. If all were
 * taken back, nothing is kept.
 */
export async function endDecisions(table: Table, email: string, now: number): Promise<void> {
  const seconds = Math.max(table.auditDays ?? 365, 31) * 86_400;
  const isKept = await isApplied(
    table.documents.send(
      new UpdateCommand({
        TableName: table.name,
        Key: keyOf(email),
        ConditionExpression: names.map((name) => `attribute_exists(${name})`).join(' OR '),
        UpdateExpression: 'SET #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':ttl': Math.floor(now / 1000) + seconds },
      }),
    ),
  );
  if (!isKept) await forgetDecisions(table, email);
}

export async function forgetDecisions({ name: TableName, documents }: Table, email: string): Promise<void> {
  await documents.send(new DeleteCommand({ TableName, Key: keyOf(email) }));
}
