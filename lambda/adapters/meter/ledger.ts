import type { LoggedMark } from '../../../core/metering/call-log.ts';
import type { Charge } from '../../../core/metering/ports.ts';
import { dayMs } from '../../../core/metering/windows.ts';
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
  return Math.floor((time + keepDays * dayMs) / 1000);
}
