import type { ErrorCode } from '../../../core/errors.ts';
import type { Charge, RefundReason } from '../../../core/metering/ports.ts';
import { noTokens } from '../../../core/metering/token-usage.ts';
import type { HotTable } from '../table.ts';
import { transactNamed, type Write } from '../transact.ts';
import { refundsName } from './counter-names.ts';
import { type CountersHome, changeCounters, findHome, homeAtCharge, mostHomes } from './find-counters.ts';
import { type CallsKept, putLedger } from './ledger.ts';
import { settle } from './settle.ts';
import { refundShared } from './shared-limits.ts';
import { userIsThere } from './usage-rows.ts';

interface Refunded {
  model: string | undefined;
  reason: RefundReason | undefined;
  code: ErrorCode | undefined;
}

/**
 * One transaction of the call's own row, which says that the call has ended, and its counters: a call can't be refunded
 * twice, nor refunded and settled, however long it ran.
 */
export async function refund(
  table: HotTable,
  kept: CallsKept,
  charge: Charge,
  { model = '', reason = 'failed', code }: Refunded,
): Promise<void> {
  let home: CountersHome | undefined = homeAtCharge(charge);
  for (let tries = 1; home !== undefined && tries <= mostHomes; tries += 1) {
    const refused = await transactNamed(
      table,
      new Map<string, Write>([
        ['ledger', putLedger(table, kept, charge, { model, mark: 'refunded', code })],
        ['counters', refundCounters(table, home, charge, reason)],
        // The key's own metering item exists only as long as its user.
        ...(tries === 1 ? [] : [['user', userIsThere(table, charge.userId)] as const]),
        ...(charge.shared?.counted ?? []).map(
          (counter, at) => [`shared-${at}`, refundShared(table, counter)] as const,
        ),
      ]),
    );
    if (refused.size === 0 || refused.has('ledger') || refused.has('user')) return;
    const found = refused.get('counters');
    const isHome = found !== undefined && isCountedOn(found, charge);
    // The day's refunds are used up, so the call stays charged.
    if (isHome) return settleRefused(table, kept, charge, { model, code });
    home = await findHome(table, charge);
  }
}

function settleRefused(
  table: HotTable,
  kept: CallsKept,
  charge: Charge,
  failed: { model: string; code: ErrorCode | undefined },
): Promise<void> {
  const stays = { usage: noTokens, mark: 'estimated', costNanoDollars: 0, now: charge.chargedAt } as const;
  return settle(table, { charge, ...failed, ...stays }, undefined, kept);
}

/** Whether the item that refused a refund holds the charge's counters, so that only the cap on refunds can be the reason. */
function isCountedOn({ plan, slot, sk, meterId }: Record<string, unknown>, { place }: Charge): boolean {
  if (String(sk).startsWith('PLACE#')) return meterId === undefined;
  return place === undefined || (plan === place.plan && slot === place.slot);
}

/** Our own refusals cost no model call, so their refunds are not capped. */
function refundCounters(table: HotTable, home: CountersHome, charge: Charge, reason: RefundReason): Write {
  const windows = Object.fromEntries(charge.windowIds.map((id, index) => [`#w${index}`, id]));
  const cap = charge.standing.limit;
  const isCapped = reason === 'failed' && Number.isFinite(cap);
  const change = {
    ...(isCapped && { condition: '(attribute_not_exists(#refunds) OR #refunds < :cap)' }),
    // The counter of a past window may have been removed.
    sets: Object.keys(windows).map((name) => `${name} = if_not_exists(${name}, :one) - :one`),
    adds: isCapped ? ['#refunds :one'] : [],
    deletes: 'charged :ids',
    names: { ...windows, ...(isCapped && { '#refunds': refundsName(charge.chargedAt) }) },
    values: {
      ':one': 1,
      ':ids': new Set([charge.chargeId]),
      ...(isCapped && { ':cap': cap }),
    },
  };
  return changeCounters(table, home, change, charge.chargedAt);
}
