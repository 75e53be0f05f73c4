import { hash } from 'node:crypto';
import type { LoggedMark } from '../../../core/metering/call-log.ts';
import type { Charge } from '../../../core/metering/ports.ts';
import { dayMs, dayOf } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { isApplied, transact } from '../transact.ts';

/** How long calls are kept for their users to see; 0: not at all. */
export interface CallsKept {
  keepDays: number;
}

/** What a call's line says, besides whose it is. */
export type LedgerFields = { mark: LoggedMark } & Record<string, unknown>;

/**
 * Puts the call's own line, which its user sees, before the call is settled or refunded: a metering item is deleted before its
 * user, so the deletion finds every line of a call that was settled there.
 * @param replaces a line of this very call. @default the first one stays
 */
export async function putLine(
  table: HotTable,
  { keepDays }: CallsKept,
  charge: Charge,
  fields: LedgerFields,
  replaces = false,
): Promise<void> {
  if (keepDays === 0) return;
  const { userId, keyId, requestId, route, chargedAt } = charge;
  const line = {
    ...keyOf(charge),
    ttl: ledgerEnd(chargedAt, keepDays),
    callsOn: callsOn(userId, chargedAt),
    requestId,
    keyId,
    route,
    ...fields,
  };
  const put = { TableName: table.name, Item: line };
  if (replaces) await table.items.put(put);
  else await isApplied(table.items.put({ ...put, ConditionExpression: 'attribute_not_exists(pk)' }));
}

/** Of a call whose user was deleted meanwhile. */
export async function dropLine(table: HotTable, { keepDays }: CallsKept, charge: Charge): Promise<void> {
  if (keepDays > 0) await transact(table, [{ Delete: { TableName: table.name, Key: keyOf(charge) } }]);
}

function keyOf({ userId, chargedAt, chargeId }: Charge) {
  return itemKeys.ledger(userId, new Date(chargedAt).toISOString(), chargeId);
}

/** The index that has the lines of all users by their day. Its sort key is the table's, so lines sort by time. */
export const callsIndex = 'calls';
/** A day's lines are spread over so many partitions of the index, since one takes 1,000 writes a second. */
export const callShards = 4;

export const callsOfDay = (day: string, shard: number) => `${day}#${shard}`;

/** Where the index has a line. A line without it is not in the index. */
export function callsOn(userId: string, time: number): string {
  const [first = 0] = hash('sha256', userId, 'buffer');
  return callsOfDay(dayOf(time), first % callShards);
}

/** In seconds. */
export function ledgerEnd(time: number, keepDays: number): number {
  return Math.floor((time + keepDays * dayMs) / 1000);
}
