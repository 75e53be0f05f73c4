import type { Charge, Settlement } from '../../../core/metering/ports.ts';
import { promptTokens, type TokenUsage } from '../../../core/metering/token-usage.ts';
import { limitsAt } from '../../../core/metering/windows.ts';
import type { Table } from '../table.ts';
import { transactNamed, type Write } from '../transact.ts';
import { type CountersHome, changeCounters, findHome, homeAtCharge, mostHomes } from './find-counters.ts';
import type { SpendCeiling } from './spend.ts';
import { type CallsKept, putLedger, rowWrites } from './usage-rows.ts';

/**
 * One transaction of the call's own row, which is written at most once, the day's row and the key's tokens. A day's row is
 * deleted only with its user, so the user is checked only if the row doesn't exist yet.
 */
export async function settle(
  table: Table,
  settlement: Settlement,
  spend: SpendCeiling | undefined,
  kept: CallsKept,
): Promise<void> {
  const { charge } = settlement;
  let rowIsThere = !isFirstOfDay(charge);
  let home = charge.tokens === undefined ? undefined : homeAtCharge(charge);
  for (let tries = 0; ; ) {
    const writes = new Map<string, Write>([
      ['ledger', putLedger(table, kept, charge, ledgerFields(settlement))],
      ...rowWrites(table, charge, settlement.now, amountsOf(settlement), rowIsThere),
      ...(home ? [['tokens', addTokens(table, home, settlement)] as const] : []),
      ...(spend ? [['spend', spend.add(settlement)] as const] : []),
    ]);
    const refused = await transactNamed(table, writes);
    if (refused.size === 0 || refused.has('ledger') || refused.has('user')) return;
    if (refused.has('row')) rowIsThere = false;
    if (refused.has('tokens')) {
      tries += 1;
      home = tries < mostHomes ? await findHome(table, charge) : undefined;
    }
  }
}

/** The day's row most likely doesn't exist yet; an update that requires it would be refused, and billed. */
function isFirstOfDay({ standing }: Charge): boolean {
  return standing.remaining === standing.limit - 1;
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

function addTokens(table: Table, home: CountersHome, { charge, usage, now }: Settlement): Write {
  const counters = limitsAt(now)
    .filter(({ unit }) => unit === 'tokens')
    .map(({ counter }, at) => [`#tokens${at}`, counter] as const);
  const change = {
    adds: counters.map(([name]) => `${name} :tokens`),
    // The call has its own row now, which keeps it from being settled again.
    deletes: 'charged :ids',
    names: Object.fromEntries(counters),
    values: { ':tokens': promptTokens(usage) + usage.output, ':ids': new Set([charge.chargeId]) },
  };
  return changeCounters(table, home, change, now);
}
