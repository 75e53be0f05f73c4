import { keyLimits } from '../keys/key-limits.ts';
import type { KeyLimits, KeyMeters, KeyRecord, KeyRecords } from '../keys/ports.ts';
import { meterIdOf } from '../keys/standing.ts';
import { limitRows } from '../metering/windows.ts';
import type { Plan } from '../plans.ts';

/**
 * A key's metering item holds the numbers of its plan, so that the gate is one write. When a deploy changes them, or makes
 * the usage plan anew, the item says what held before.
 * @returns what makes it say what holds now; undefined where it does
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
    told(counters.limits) === told(wanted) &&
    (usagePlanId === undefined || counters.usagePlanId === usagePlanId);
  return isCurrent ? undefined : () => ports.records.applyLimits(record, wanted, usagePlanId);
}

/** What of a key's limits goes by its plan. */
function told({ models, ...limits }: KeyLimits) {
  return JSON.stringify([...limitRows.map(({ field }) => limits[field] ?? null), models ?? null]);
}
