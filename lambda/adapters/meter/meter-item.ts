import type { KeyLimits, WindowLimits } from '../../../core/keys/ports.ts';
import { byField, type LimitRow, limitRows } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';

/**
 * The metering item of a key. Each window has a counter of its own, so that one conditional write both checks and counts
 * it, and a new window needs no reset: its counter doesn't exist yet.
 */
export interface MeterItem {
  /** The only attribute of the item of a rotated secret: the id under which its key is metered. */
  alias?: string;
  /** Until when each secret works, by its id in API Gateway. */
  values: Record<string, number>;
  status: 'active' | 'suspended' | 'ended';
  userId: string;
  keyId: string;
  plan: string;
  /** With the plan, the place that the key holds. */
  slot?: number;
  person?: string;
  /** API Gateway's id of the plan. */
  usagePlanId?: string;
  expiresAt?: number;
  models?: string[];
  allowedHosts?: string[];
  requiresProviderKey?: true;
  /** Ids of open calls: `<epoch seconds in base 36>:<48 random bits>`. */
  charged?: Set<string>;
  /** Ids of calls that began moments ago and have ended: see counter-names.ts. */
  [ended: `ended-${string}`]: Set<string>;
  limits: StoredLimits;
  /** Limits of each client address. A key with such limits is charged by a transaction. */
  perClient?: StoredLimits;
  /** Those that an admin has set for the user, which all keys of the user share. Charged by a transaction too. */
  perUser?: StoredLimits;
  /** Incremented with every change of a counter, so that a write can require that nothing changed since a read. */
  rev?: number;
  [counter: `${LimitRow['stored'] | CounterOfDay}-${string}`]: number;
}

/**
 * Counters of a day besides those of limits: refunds of failures; for each secret, what the fence has counted and where it
 * closes; and how often it was lifted.
 */
export const countersOfDay = ['refunds', 'fence', 'room', 'lifts'] as const;
type CounterOfDay = (typeof countersOfDay)[number];

/** Limits by their names on a metering item. */
export type StoredLimits = Partial<Record<LimitRow['stored'], number | undefined>>;

/** The plan's limits and the key's own, as stored on a metering item. */
export function meterLimits(limits: KeyLimits) {
  return { models: limits.models, limits: storedLimits(limits) };
}

export function storedLimits(limits: WindowLimits): StoredLimits {
  return Object.fromEntries(limitRows.map(({ field, stored }) => [stored, limits[field]]));
}

export function limitsOf(item: StoredLimits): WindowLimits {
  return byField(limitRows, ({ stored }) => item[stored]);
}

export async function readMeter(table: HotTable, meterId: string): Promise<MeterItem | undefined> {
  const { Item } = await table.items.get({
    TableName: table.name,
    Key: itemKeys.meter(meterId),
    ConsistentRead: true,
  });
  return Item as MeterItem | undefined;
}

/** Metering item by secret, for rotated secrets. It never changes, so it may be kept as long as the function lives. */
const meterIds = new Map<string, string>();
const mostRemembered = 10_000;

/**
 * Works on the metering item of a secret: an item of its own, or, for a rotated secret, that of the key's first secret,
 * which the item only names and a function has to look up once.
 * @param lost the result if the named item again names another
 * @param work returns the id of another item if its item only names that
 */
export async function atMeter<Result>(
  apiKeyId: string,
  lost: Result,
  work: (meterId: string) => Promise<Result | string>,
): Promise<Result> {
  const first = await work(meterIds.get(apiKeyId) ?? apiKeyId);
  if (typeof first !== 'string') return first;
  if (meterIds.size >= mostRemembered) meterIds.clear();
  meterIds.set(apiKeyId, first);
  const second = await work(first);
  return typeof second === 'string' ? lost : second;
}
