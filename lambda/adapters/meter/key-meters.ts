import type { KeyCounters, KeyMeters } from '../../../core/keys/ports.ts';
import { limitRows } from '../../../core/metering/windows.ts';
import { type HotTable, itemKeys } from '../table.ts';
import { readItems } from '../table-reads.ts';
import { isFenceCount } from './counter-names.ts';
import { limitsOf, type StoredLimits } from './meter-item.ts';

export function createDynamoKeyMeters(table: HotTable): KeyMeters {
  return {
    async read(apiKeyIds) {
      const items = await readItems(
        table,
        apiKeyIds.map((id) => itemKeys.meter(id)),
      );
      // What is left of an ended key has none.
      const counting = items.filter(({ limits }) => limits !== undefined);
      return new Map(counting.map((item) => [apiKeyIdOf(item), toCounters(item)]));
    },
  };
}

function apiKeyIdOf(item: Record<string, unknown>): string {
  return String(item.pk).slice(itemKeys.meter('').pk.length);
}

/** Counters of limits. Those of refunds and of the fence are not shown. */
const shownCounter = new RegExp(`^(${limitRows.map(({ stored }) => stored).join('|')})-`);

export function toCounters(item: Record<string, unknown>): KeyCounters {
  const limits = item.limits as StoredLimits;
  const perClient = item.perClient as StoredLimits | undefined;
  const perUser = item.perUser as StoredLimits | undefined;
  const counters = Object.entries(item).filter(([name]) => shownCounter.test(name));
  return {
    usedByWindow: Object.fromEntries(counters) as Record<string, number>,
    limits: {
      ...limitsOf(limits),
      perClient: perClient && limitsOf(perClient),
      perUser: perUser && limitsOf(perUser),
      models: item.models as string[] | undefined,
      allowedHosts: item.allowedHosts as string[] | undefined,
    },
    lastUsedAt: item.lastUsedAt as number | undefined,
    ...(Object.keys(item).some(isFenceCount) && { isLetIn: true }),
    usagePlanId: item.usagePlanId as string | undefined,
    ...(item.status === 'suspended' && { isHeld: true }),
  };
}
