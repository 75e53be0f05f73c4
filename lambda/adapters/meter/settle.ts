import type { Settlement } from '../../../core/metering/ports.ts';
import { countedTokens, type TokenUsage } from '../../../core/metering/token-usage.ts';
import { dayOf, limitsAt } from '../../../core/metering/windows.ts';
import { type CallsKept, dropLine, putLine } from '../call-log/ledger.ts';
import type { HotTable } from '../table.ts';
import type { Write } from '../transact.ts';
import { endCall } from './end-call.ts';
import type { CountersChange } from './find-counters.ts';

/**
 * One write: the call's id goes, and its tokens and cost come, all on the key's item. Limits of its user, and a share of
 * the deployment's spend now and then, make it a transaction. The call's line in the list of calls is put before.
 * @param beyond counters beyond the key's
 * @param replacesLine after a refund that was refused
 */
export async function settle(
  table: HotTable,
  kept: CallsKept,
  settlement: Settlement,
  beyond: readonly [string, Write][] = [],
  replacesLine = false,
): Promise<void> {
  const { charge, usage, costNanoDollars, now } = settlement;
  await putLine(table, kept, charge, lineOf(settlement), replacesLine);
  const outcome = await endCall(table, charge, {
    now,
    usage: { date: dayOf(now), amounts: { requests: 1, ...tokensOf(usage), costNanoDollars } },
    counters: addAmounts(settlement),
    beyond,
  });
  if (outcome === 'userGone') await dropLine(table, kept, charge);
}

function lineOf({ model, mark, code, providerKey, usage, costNanoDollars, msToFirstToken, now }: Settlement) {
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

/** Tokens written to the prompt cache are input like any other. */
function tokensOf({ input, cacheWriteInput, output, cachedInput }: TokenUsage) {
  return { inputTokens: input + cacheWriteInput, outputTokens: output, cachedTokens: cachedInput };
}

/** Adds tokens and dollars to the key's counters, where they are limited. */
function addAmounts({ charge, usage, costNanoDollars, now }: Settlement): CountersChange | undefined {
  const amounts = {
    ...(charge.tokens !== undefined && { tokens: countedTokens(usage) }),
    ...(charge.spend !== undefined && { dollars: costNanoDollars / 1e9 }),
  };
  if (Object.keys(amounts).length === 0) return undefined;
  const counters = limitsAt(now)
    .filter(({ unit }) => unit in amounts)
    .map(({ unit, counter }, at) => ({ name: `#c${at}`, unit, counter }));
  return {
    adds: counters.map(({ name, unit }) => `${name} :${unit}`),
    names: Object.fromEntries(counters.map(({ name, counter }) => [name, counter])),
    values: Object.fromEntries(Object.entries(amounts).map(([unit, amount]) => [`:${unit}`, amount])),
  };
}
