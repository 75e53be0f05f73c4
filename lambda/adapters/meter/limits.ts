import type { KeyLimits, WindowLimits } from '../../../core/keys/ports.ts';
import { byField, type LimitRow, limitRows } from '../../../core/metering/windows.ts';

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
