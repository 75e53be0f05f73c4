import type { Settlement } from '../../../core/metering/ports.ts';
import { promptTokens, type TokenUsage } from '../../../core/metering/token-usage.ts';
import { limitsAt } from '../../../core/metering/windows.ts';
import type { HotTable } from '../table.ts';
import { transactNamed, type Write } from '../transact.ts';
import { type CountersHome, changeCounters, findHome, homeAtCharge, mostHomes } from './find-counters.ts';
import { type CallsKept, putLedger } from './ledger.ts';
import type { SpendCounters } from './spend.ts';
import { rowWrites } from './usage-rows.ts';

/**
 * One transaction of the call's own row, which is written at most once, the day's row, the key's tokens and dollars, and those of its user and the
 * deployment. A day's row is
 * deleted only with its user, so the user is checked only if the row doesn't exist yet.
 */
export async function settle(
  table: HotTable,
  settlement: Settlement,
  spend: SpendCounters | undefined,
  kept: CallsKept,
): Promise<void> {
  const { charge } = settlement;
  // An update that requires the row would be refused, and billed.
  let rowIsThere = charge.startsDay !== true;
  let home = (charge.tokens ?? charge.spend) === undefined ? undefined : homeAtCharge(charge);
  for (let tries = 0; ; ) {
    const writes = new Map<string, Write>([
      ['ledger', putLedger(table, kept, charge, ledgerFields(settlement))],
      ...rowWrites(table, charge, settlement.now, amountsOf(settlement), rowIsThere),
      ...(home ? [['amounts', addAmounts(table, home, settlement)] as const] : []),
      ...(spend?.add(settlement) ?? []),
    ]);
    const refused = await transactNamed(table, writes);
    if (refused.size === 0 || refused.has('ledger') || refused.has('user')) return;
    if (refused.has('row')) rowIsThere = false;
    if (refused.has('amounts')) {
      tries += 1;
      home = tries < mostHomes ? await findHome(table, charge) : undefined;
    }
  }
}

function ledgerFields({
  model,
  mark,
  code,
  providerKey,
  usage,
  costNanoDollars,
  msToFirstToken,
  now,
}: Settlement) {
  return {
    model,
    mark,
    code,
    providerKey,
    ...tokensOf(usage),
    reasoningTokens: usage.reasoning,
    costNanoDollars,
    msToFirstToken,
    endedAt: now,
  };
}

function amountsOf({ usage, costNanoDollars }: Settlement): Record<string, number> {
  return { requests: 1, ...tokensOf(usage), costNanoDollars };
}

/** Tokens written to the prompt cache are input like any other. */
function tokensOf({ input, cacheWriteInput, output, cachedInput }: TokenUsage) {
  return { inputTokens: input + cacheWriteInput, outputTokens: output, cachedTokens: cachedInput };
}

/** Adds tokens and dollars to the key's counters, where they are limited. */
function addAmounts(table: HotTable, home: CountersHome, settlement: Settlement): Write {
  const { charge, usage, costNanoDollars, now } = settlement;
  const amounts = {
    ...(charge.tokens !== undefined && { tokens: promptTokens(usage) + usage.output }),
    ...(charge.spend !== undefined && { dollars: costNanoDollars / 1e9 }),
  };
  const counters = limitsAt(now)
    .filter(({ unit }) => unit in amounts)
    .map(({ unit, counter }, at) => ({ name: `#c${at}`, unit, counter }));
  const change = {
    adds: counters.map(({ name, unit }) => `${name} :${unit}`),
    // The call has its own row now, which keeps it from being settled again.
    deletes: 'charged :ids',
    names: Object.fromEntries(counters.map(({ name, counter }) => [name, counter])),
    values: {
      ':ids': new Set([charge.chargeId]),
      ...Object.fromEntries(Object.entries(amounts).map(([unit, amount]) => [`:${unit}`, amount])),
    },
  };
  return changeCounters(table, home, change, now);
}
