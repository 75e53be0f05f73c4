import type { Place } from '../../../core/keys/ports.ts';
import { type HotTable, itemKeys } from '../table.ts';

/**
 * A place on a plan. While a key holds it, its counters are on the key's metering item; before and after, they are here.
 */
export interface PlaceItem {
  /** Of the key that holds it. */
  keyId?: string;
  /** That key's metering item, once the key is active. */
  meterId?: string;
  /** Incremented with every change of a counter, so that a write can require that nothing changed since a read. */
  rev?: number;
  ttl?: number;
}

export async function readPlace(table: HotTable, place: Place): Promise<PlaceItem> {
  const { Item } = await table.items.get({
    TableName: table.name,
    Key: itemKeys.place(place),
    ConsistentRead: true,
  });
  return (Item ?? {}) as PlaceItem;
}
