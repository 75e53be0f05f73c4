import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { usageDays } from '../../../core/contract/usage-days.ts';
import type { LoggedMark } from '../../../core/metering/call-log.ts';
import type { Charge, Meter } from '../../../core/metering/ports.ts';
import { dayOf } from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import { isApplied, retryConflicts, transactNamed, type Write } from '../transact.ts';

const daySeconds = 86_400;

export const countRefusal =
  (table: Table): Meter['countRefusal'] =>
  async ({ now, ...key }) => {
    const row = addToRow(table, key, now, { refused: 1 }, true);
    if (await isApplied(retryConflicts(() => table.documents.send(new UpdateCommand(row))))) return;
    await transactNamed(table, new Map(rowWrites(table, key, now, { refused: 1 }, false)));
  };

/** How long calls are kept for their users to see; 0: not at all. */
export interface CallsKept {
  keepDays: number;
}

/**
 * The call's own line, which settles or refunds it at most once, and which its user sees. Without days to keep it, it holds
 * nothing of the call, and goes after a day.
 */
export function putLedger(
  table: Table,
  { keepDays }: CallsKept,
  charge: Charge,
  { mark, ...fields }: { mark: LoggedMark } & Record<string, unknown>,
): Write {
  const { userId, keyId, requestId, route, chargeId, chargedAt } = charge;
  const Key = itemKeys.ledger(userId, new Date(chargedAt).toISOString(), chargeId);
  const ttl = ledgerEnd(chargedAt, Math.max(1, keepDays));
  const shown = keepDays === 0 ? {} : { requestId, keyId, route, ...fields };
  return {
    Put: {
      TableName: table.name,
      Item: { ...Key, ttl, mark, ...shown },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** In seconds. */
export function ledgerEnd(time: number, keepDays: number): number {
  return Math.floor(time / 1000) + keepDays * daySeconds;
}

interface KeyOfUser {
  userId: string;
  keyId: string;
}

export function rowWrites(
  table: Table,
  key: KeyOfUser,
  now: number,
  amounts: Record<string, number>,
  rowIsThere: boolean,
): [string, Write][] {
  return [
    ['row', { Update: addToRow(table, key, now, amounts, rowIsThere) }],
    ...(rowIsThere ? [] : [['user', userIsThere(table, key.userId)] as [string, Write]]),
  ];
}

export function userIsThere(table: Table, userId: string): Write {
  return {
    ConditionCheck: {
      TableName: table.name,
      Key: itemKeys.user(userId),
      ConditionExpression: 'attribute_exists(pk) AND #status <> :deleting',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':deleting': 'deleting' },
    },
  };
}

/** Adds to a key's row of the day. */
function addToRow(
  table: Table,
  { userId, keyId }: KeyOfUser,
  now: number,
  amounts: Record<string, number>,
  rowIsThere: boolean,
): NonNullable<Write['Update']> {
  const date = dayOf(now);
  const names = Object.keys(amounts);
  return {
    TableName: table.name,
    Key: itemKeys.usage(userId, date, keyId),
    ...(rowIsThere && { ConditionExpression: 'attribute_exists(pk)' }),
    UpdateExpression: `SET keyId = :keyId, #date = :date, #ttl = :ttl ADD ${names.map((name) => `${name} :${name}`).join(', ')}`,
    ExpressionAttributeNames: { '#date': 'date', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':keyId': keyId,
      ':date': date,
      ':ttl': Math.floor(now / 1000) + usageDays * daySeconds,
      ...Object.fromEntries(names.map((name) => [`:${name}`, amounts[name]])),
    },
  };
}
