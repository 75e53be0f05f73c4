import { createHash } from 'node:crypto';
import type { LoggedMark } from '../../../core/metering/call-log.ts';
import type { Charge } from '../../../core/metering/ports.ts';
import { dayMs, dayOf } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import type { Write } from '../transact.ts';

/** How long calls are kept for their users to see; 0: not at all. */
export interface CallsKept {
  keepDays: number;
}

/**
 * The call's own line, which settles or refunds it at most once, and which its user sees. Without days to keep it, it holds
 * nothing of the call, and goes after a day.
 */
export function putLedger(
  table: HotTable,
  { keepDays }: CallsKept,
  charge: Charge,
  { mark, ...fields }: { mark: LoggedMark } & Record<string, unknown>,
): Write {
  const { userId, keyId, requestId, route, chargeId, chargedAt } = charge;
  const Key = itemKeys.ledger(userId, new Date(chargedAt).toISOString(), chargeId);
  const ttl = ledgerEnd(chargedAt, Math.max(1, keepDays));
  const callsOfAll = callsOn(userId, chargedAt);
  const shown = keepDays === 0 ? {} : { callsOn: callsOfAll, requestId, keyId, route, ...fields };
  return {
    Put: {
      TableName: table.name,
      Item: { ...Key, ttl, mark, ...shown },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** The index that has the lines of all users by their day. Its sort key is the table's, so lines sort by time. */
export const callsIndex = 'calls';
/** A day's lines are spread over so many partitions of the index, since one takes 1,000 writes a second. */
export const callShards = 4;

export const callsOfDay = (day: string, shard: number) => `${day}#${shard}`;

/** Where the index has a line. A line without it is not in the index. */
export function callsOn(userId: string, time: number): string {
  const [first = 0] = createHash('sha256').update(userId).digest();
  return callsOfDay(dayOf(time), first % callShards);
}

/** In seconds. */
export function ledgerEnd(time: number, keepDays: number): number {
  return Math.floor((time + keepDays * dayMs) / 1000);
}
