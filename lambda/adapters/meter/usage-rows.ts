import { usageDays } from '../../../core/contract/usage-days.ts';
import type { Meter } from '../../../core/metering/ports.ts';
import { dayMs, dayOf } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { isApplied, retryConflicts, transactNamed, type Write } from '../transact.ts';

export const countRefusal =
  (table: HotTable): Meter['countRefusal'] =>
  async ({ now, ...key }) => {
    const row = addToRow(table, key, now, { refused: 1 }, true);
    if (await isApplied(retryConflicts(() => table.items.update(row)))) return;
    await transactNamed(table, new Map(rowWrites(table, key, now, { refused: 1 }, false)));
  };

interface KeyOfUser {
  userId: string;
  keyId: string;
}

export function rowWrites(
  table: HotTable,
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

export function userIsThere(table: HotTable, userId: string): Write {
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
  table: HotTable,
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
      ':ttl': Math.floor((now + usageDays * dayMs) / 1000),
      ...Object.fromEntries(names.map((name) => [`:${name}`, amounts[name]])),
    },
  };
}
