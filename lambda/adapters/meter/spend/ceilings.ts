import type { SharedLimits } from '../../../../core/catalog.ts';
import { limitRows, wholeNanos, windowAt } from '../../../../core/metering/windows.ts';
import { itemKeys, type Table } from '../../table.ts';
import { readItems } from '../../table-reads.ts';

/** What the deployment has used of each of its ceilings, for people to read. */
export function createCeilings(table: Table, { ceiling }: SharedLimits) {
  return {
    read(now: number) {
      if (ceiling === undefined) return Promise.resolve([]);
      const { shards } = ceiling;
      const rows = limitRows.flatMap(({ field, unit, kind }) => {
        const limit = (ceiling as Partial<Record<string, number>>)[field];
        return limit === undefined ? [] : [{ unit, kind, limit }];
      });
      return Promise.all(
        rows.map(async ({ unit, kind, limit }) => {
          const { id, endsAt } = windowAt(kind, now);
          const scope = unit === 'dollars' ? 'ceiling-spend' : 'ceiling-requests';
          const keys = Array.from({ length: shards }, (_, shard) => itemKeys.limit(`${scope}#${shard}`, id));
          const counted = (await readItems(table, keys)).reduce((sum, { used }) => sum + Number(used), 0);
          const used = unit === 'dollars' ? wholeNanos(counted / 1e9) : counted;
          return { unit, window: kind, limit, used, resetsAt: endsAt };
        }),
      );
    },
  };
}
