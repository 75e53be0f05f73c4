import type { Charge } from '../../../core/metering/ports.ts';
import type { HotTable } from '../table.ts';
import { addToRow, takeDays } from './day-usage.ts';

/**
 * Moves usage of earlier days from the metering item to their rows. Only the key's first call of a day does, so that calls
 * at the same moment don't try it together. Its user is there, since a metering item is deleted before its user is.
 *
 * It is tried once, and never fails the call: what isn't moved counts where it is, and goes with the next day.
 */
export async function moveDays(table: HotTable, { pastUsage = [], meterId, ...key }: Charge): Promise<void> {
  if (pastUsage.length === 0) return;
  const TransactItems = [
    takeDays(table, meterId, pastUsage),
    ...pastUsage.map((day) => addToRow(table, key, day)),
  ];
  await table.items.transactWrite({ TransactItems }).catch(() => {});
}
