import type { Charge } from '../../../core/metering/ports.ts';
import type { HotTable } from '../table.ts';
import { transact } from '../transact.ts';
import { addToRow, takeDays } from './day-usage.ts';

/**
 * Moves usage of earlier days from the metering item to their rows. Only the key's first call of a day does, so that calls
 * at the same moment don't try it together. If it fails, that of the next day does; usage is read from both meanwhile. Its
 * user is there, since a metering item is deleted before its user is.
 */
export async function moveDays(table: HotTable, { pastUsage = [], meterId, ...key }: Charge): Promise<void> {
  if (pastUsage.length === 0) return;
  await transact(table, [
    takeDays(table, meterId, pastUsage),
    ...pastUsage.map((day) => addToRow(table, key, day)),
  ]);
}
