import type { KeyLimits, WindowLimits } from '../../../core/keys/ports.ts';
import { byField, type LimitRow, limitRows } from '../../../core/metering/windows.ts';

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
  /** Ids of recent charges: `<epoch seconds in base 36>:<48 random bits>`. */
  charged?: Set<string>;
  limits: StoredLimits;
  /** Limits of each client address. A key with such limits is charged by a transaction. */
  perClient?: StoredLimits;
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
