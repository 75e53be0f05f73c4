import { createHash } from 'node:crypto';
import type { SharedLimits } from '../../../core/catalog.ts';
import type { ChargeRequest, ChargeResult, Settlement } from '../../../core/metering/ports.ts';
import { limitsAt, windowAt } from '../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../table.ts';
import { readItems } from '../table-reads.ts';
import type { Write } from '../transact.ts';
import { mayCall } from './charge-update.ts';
import { counterEnd } from './counter-names.ts';
import { type MeterItem, readMeter } from './meter-item.ts';
import { dayStandings } from './standing.ts';

/** What the deployment has spent today. */
export interface SpendReading {
  spentNanoDollars: number;
  ceilingNanoDollars: number;
}

export interface SpendCeiling {
  /** @throws if the sum can't be read, so that no call is let in that may be past the ceiling */
  isReached(now: number): Promise<boolean>;
  /** Adds a settled call's cost to the day on which it ends. */
  add(settlement: Pick<Settlement, 'charge' | 'costNanoDollars' | 'now'>): Write;
}

/** How long a sum is valid, and so how long a function may let calls in after the ceiling is reached. */
const sumLifeMs = 10_000;

/**
 * The day's spend is the sum of a few items, so that no item takes every call's write. A function reads it at most every
 * ten seconds, and concurrent calls share the read, so that the gate stays one write.
 */
export function createSpendCeiling(
  table: Table,
  { ceiling }: SharedLimits,
  onRead: (reading: SpendReading) => void,
): SpendCeiling | undefined {
  if (ceiling?.spendPerDay === undefined) return undefined;
  const { shards } = ceiling;
  const ceilingNanoDollars = Math.round(ceiling.spendPerDay * 1e9);
  let known: { dayId: string; at: number; sum: Promise<number> } | undefined;

  async function readSum(dayId: string): Promise<number> {
    const keys = Array.from({ length: shards }, (_, shard) => shardKey(shard, dayId));
    const items = await readItems(table, keys);
    const spentNanoDollars = items.reduce((sum, { used }) => sum + Number(used), 0);
    onRead({ spentNanoDollars, ceilingNanoDollars });
    return spentNanoDollars;
  }

  return {
    async isReached(now) {
      const dayId = windowAt('day', now).id;
      if (known?.dayId !== dayId || Math.abs(now - known.at) >= sumLifeMs) {
        known = { dayId, at: now, sum: readSum(dayId) };
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
    add({ charge, costNanoDollars, now }) {
      const shard = createHash('sha256').update(charge.chargeId).digest().readUInt32BE() % shards;
      const day = windowAt('day', now);
      return {
        Update: {
          TableName: table.name,
          Key: shardKey(shard, day.id),
          UpdateExpression: 'SET #ttl = :ttl ADD used :amount',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: {
            ':amount': costNanoDollars,
            ':ttl': counterEnd(day.endsAt),
          },
        },
      };
    },
  };
}

/** Refuses a call past the ceiling. Only callers with a valid key learn of it. */
export async function refuseBySpend(table: Table, request: ChargeRequest): Promise<ChargeResult> {
  const item = await meterOf(table, request.apiKeyId);
  if (item === undefined || !mayCall(item, request)) return { outcome: 'unknown_key' };
  const day = windowAt('day', request.now);
  return {
    outcome: 'exceeded',
    of: 'deployment',
    unit: 'requests',
    window: day.kind,
    standing: { limit: 0, remaining: 0, resetsAt: day.endsAt },
    ...dayStandings(item, limitsAt(request.now)),
    userId: item.userId,
    keyId: item.keyId,
  };
}

async function meterOf(table: Table, apiKeyId: string): Promise<MeterItem | undefined> {
  const item = await readMeter(table, apiKeyId);
  return item?.alias === undefined ? item : readMeter(table, item.alias);
}

function shardKey(shard: number, dayId: string) {
  return itemKeys.limit(`ceiling-spend#${shard}`, dayId);
}
