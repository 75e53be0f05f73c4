import type { ErrorCode } from '../../../core/errors.ts';
import type { Charge, RefundReason } from '../../../core/metering/ports.ts';
import { noTokens } from '../../../core/metering/token-usage.ts';
import { type CallsKept, dropLine, putLine } from '../call-log/ledger.ts';
import type { HotTable } from '../table.ts';
import type { Write } from '../transact.ts';
import { refundsName } from './counter-names.ts';
import { endCall } from './end-call.ts';
import type { CountersChange } from './find-counters.ts';
import { settle } from './settle.ts';
import { refundShared } from './shared-limits.ts';

interface Refunded {
  model: string | undefined;
  reason: RefundReason | undefined;
  code: ErrorCode | undefined;
}

/**
 * One write, as in settling: a call can't be refunded twice, nor refunded and settled. Counters beyond the key's make it a
 * transaction.
 */
export async function refund(
  table: HotTable,
  kept: CallsKept,
  charge: Charge,
  { model = '', reason = 'failed', code }: Refunded,
): Promise<void> {
  await putLine(table, kept, charge, { model, mark: 'refunded', code });
  const outcome = await endCall(table, charge, {
    now: charge.chargedAt,
    counters: refundCounters(charge, reason),
    beyond: (charge.shared?.counted ?? []).map((counter, at): [string, Write] => [
      `shared-${at}`,
      refundShared(table, counter),
    ]),
  });
  if (outcome === 'userGone') await dropLine(table, kept, charge);
  // The day's refunds are used up, so the call stays charged.
  if (outcome === 'refused') {
    const stays = { usage: noTokens, mark: 'estimated', costNanoDollars: 0, now: charge.chargedAt } as const;
    await settle(table, kept, { charge, model, code, ...stays }, [], true);
  }
}

/** Our own refusals cost no model call, so their refunds are not capped. */
function refundCounters(charge: Charge, reason: RefundReason): CountersChange {
  const windows = Object.fromEntries(charge.windowIds.map((id, index) => [`#w${index}`, id]));
  const cap = charge.standing.limit;
  const isCapped = reason === 'failed' && Number.isFinite(cap);
  return {
    ...(isCapped && { condition: '(attribute_not_exists(#refunds) OR #refunds < :cap)' }),
    // The counter of a past window may have been removed.
    sets: Object.keys(windows).map((name) => `${name} = if_not_exists(${name}, :one) - :one`),
    adds: isCapped ? ['#refunds :one'] : [],
    names: { ...windows, ...(isCapped && { '#refunds': refundsName(charge.chargedAt) }) },
    values: { ':one': 1, ...(isCapped && { ':cap': cap }) },
  };
}
