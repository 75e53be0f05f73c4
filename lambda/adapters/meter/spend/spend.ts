import { hash } from 'node:crypto';
import type { SharedLimits } from '../../../../core/catalog.ts';
import type {
  ChargeRequest,
  ChargeResult,
  Settlement,
  SharedCounter,
} from '../../../../core/metering/ports.ts';
import {
  limitsAt,
  type SpendRow,
  type SpendStanding,
  spendRows,
  wholeNanos,
  windowAt,
} from '../../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../../table.ts';
import { readItems } from '../../table-reads.ts';
import type { Write } from '../../transact.ts';
import { mayCall } from '../charge-update.ts';
import { type MeterItem, readMeter } from '../meter-item.ts';
import { dayStandings } from '../standing.ts';
import { addAmount, addUserAmounts } from '../user-limits.ts';

type SpendKind = SpendRow['kind'];

/** What the deployment has spent in the current window of a ceiling. */
export interface SpendReading {
  window: SpendKind;
  spentNanoDollars: number;
  ceilingNanoDollars: number;
}

export interface SpendCounters {
  /**
   * @returns the window whose ceiling is reached, the one that ends last
   * @throws if a sum can't be read, so that no call is let in that may be past the ceiling
   */
  fullWindow(now: number): Promise<SpendKind | undefined>;
  /** Adds a settled call's cost to the windows in which it ends: those of its user, and by lot those of the deployment. */
  add(settlement: Pick<Settlement, 'charge' | 'usage' | 'costNanoDollars' | 'now'>): [string, Write][];
}

/** How long a sum is valid, and so how long a function may let calls in after the ceiling is reached. */
const sumLifeMs = 10_000;

/**
 * A call that costs less than a ceiling divided by this is added by lot: a hundredth of that as one in a hundred, and so on.
 * The sum is right on average, and at the ceiling within a percent in two of three days
 * (docs/decisions/0018-two-write-units-a-chat.md).
 */
const leastShare = 10_000;

/**
 * The deployment's spend is the sum of a few items, so that no item takes every call's write. A function reads it at most
 * every ten seconds, and concurrent calls share the read, so that the gate stays one write.
 */
export function createSpendCounters(
  table: HotTable,
  limits: SharedLimits,
  onRead: (reading: SpendReading) => void,
): SpendCounters {
  const { ceiling } = limits;
  const shards = ceiling?.shards ?? 1;
  const sums = spendRows.flatMap(({ field, kind }) => {
    const dollars = ceiling?.[field];
    return dollars === undefined ? [] : [spendSum(table, { kind, dollars, shards }, onRead)];
  });
  return {
    async fullWindow(now) {
      const reached = await Promise.all(sums.map((sum) => sum.isReached(now)));
      return sums.findLast((_, at) => reached[at])?.kind;
    },
    add(settlement) {
      const { charge, costNanoDollars, now } = settlement;
      // The same for every attempt of a settlement.
      const random = hash('sha256', charge.chargeId, 'buffer');
      const shard = random.readUInt32BE() % shards;
      const lot = random.readUInt32BE(4) / 2 ** 32;
      const ofDeployment = sums.flatMap(({ kind, ceilingNanoDollars }): [string, Write][] => {
        const { id, endsAt } = windowAt(kind, now);
        const added = drawnAmount(costNanoDollars, Math.ceil(ceilingNanoDollars / leastShare), lot);
        if (added === 0) return [];
        return [[`spend-${kind}`, addAmount(table, { ...shardCounter(shard, id), endsAt }, added)]];
      });
      return [...ofDeployment, ...addUserAmounts(table, settlement)];
    },
  };
}

/** @param lot evenly from 0 to 1 */
function drawnAmount(cost: number, least: number, lot: number): number {
  if (cost >= least) return cost;
  return lot < cost / least ? least : 0;
}

/** The sum of a window's shards. */
async function readSpent(table: HotTable, windowId: string, shards: number): Promise<number> {
  const keys = Array.from({ length: shards }, (_, shard) =>
    itemKeys.limit(shardCounter(shard, windowId).scope, windowId),
  );
  const items = await readItems(table, keys);
  return items.reduce((sum, { used }) => sum + Number(used), 0);
}

/** The deployment's ceilings in dollars. */
export async function readCeilings(
  table: HotTable,
  { ceiling }: SharedLimits,
  now: number,
): Promise<SpendStanding[]> {
  const limited = spendRows.flatMap(({ field, kind }) => {
    const limit = ceiling?.[field];
    return limit === undefined ? [] : [{ ...windowAt(kind, now), kind, limit }];
  });
  return Promise.all(
    limited.map(async ({ kind, limit, id, endsAt }) => {
      const spent = await readSpent(table, id, ceiling?.shards ?? 1);
      const remaining = wholeNanos(limit - spent / 1e9);
      return { window: kind, limit, remaining, resetsAt: endsAt };
    }),
  );
}

/** What the deployment has spent in a window, read now and then. */
function spendSum(
  table: HotTable,
  { kind, dollars, shards }: { kind: SpendKind; dollars: number; shards: number },
  onRead: (reading: SpendReading) => void,
) {
  const ceilingNanoDollars = Math.round(dollars * 1e9);
  let known: { windowId: string; at: number; sum: Promise<number> } | undefined;

  async function readSum(windowId: string): Promise<number> {
    const spentNanoDollars = await readSpent(table, windowId, shards);
    onRead({ window: kind, spentNanoDollars, ceilingNanoDollars });
    return spentNanoDollars;
  }

  return {
    kind,
    ceilingNanoDollars,
    async isReached(now: number): Promise<boolean> {
      const windowId = windowAt(kind, now).id;
      if (known?.windowId !== windowId || Math.abs(now - known.at) >= sumLifeMs) {
        known = { windowId, at: now, sum: readSum(windowId) };
      }
      const reading = known;
      try {
        return (await reading.sum) >= ceilingNanoDollars;
      } catch (error) {
        // The next call reads again.
        if (known === reading) known = undefined;
        throw error;
      }
    },
  };
}

/** Refuses a call past the ceiling. Only callers with a valid key learn of it. */
export async function refuseBySpend(
  table: HotTable,
  request: ChargeRequest,
  kind: SpendKind,
): Promise<ChargeResult> {
  const item = await meterOf(table, request.apiKeyId);
  if (item === undefined || !mayCall(item, request)) return { outcome: 'unknown_key' };
  return {
    outcome: 'exceeded',
    of: 'deployment',
    unit: 'requests',
    window: kind,
    standing: { limit: 0, remaining: 0, resetsAt: windowAt(kind, request.now).endsAt },
    ...dayStandings(item, limitsAt(request.now)),
    userId: item.userId,
    keyId: item.keyId,
  };
}

async function meterOf(table: HotTable, apiKeyId: string): Promise<MeterItem | undefined> {
  const item = await readMeter(table, apiKeyId);
  return item?.alias === undefined ? item : readMeter(table, item.alias);
}

function shardCounter(shard: number, windowId: string): SharedCounter {
  return { scope: `ceiling-spend#${shard}`, windowId };
}
