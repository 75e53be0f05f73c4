import { keyLimits } from '../keys/key-limits.ts';
import type { KeyLimits, KeyMeters, KeyRecord, KeyRecords } from '../keys/ports.ts';
import { meterIdOf } from '../keys/standing.ts';
import { limitRows } from '../metering/windows.ts';
import type { Plan } from '../plans.ts';

/**
 * A key's metering item has a copy of its plan's limits, so that the gate is a single write. The copy is outdated when a
 * deployment changes them or creates a new usage plan.
 * @returns the update; undefined if the item is up to date
 */
export async function planToApply(
  ports: { meters: KeyMeters; records: Pick<KeyRecords, 'applyLimits'> },
  record: KeyRecord,
  plan: Plan,
  usagePlanId: string | undefined,
): Promise<(() => Promise<void>) | undefined> {
  const meterId = meterIdOf(record) ?? '';
  const counters = (await ports.meters.read([meterId])).get(meterId);
  if (counters === undefined) return undefined;
  const wanted = keyLimits(plan, record);
  const isCurrent =
    textOf(counters.limits) === textOf(wanted) &&
    (usagePlanId === undefined || counters.usagePlanId === usagePlanId);
  return isCurrent ? undefined : () => ports.records.applyLimits(record, wanted, usagePlanId);
}

/** What of a key's limits goes by its plan. */
function textOf({ models, ...limits }: KeyLimits) {
  return JSON.stringify([...limitRows.map(({ field }) => limits[field] ?? null), models ?? null]);
}
