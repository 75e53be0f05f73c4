import { DaypassError } from '../../core/errors.ts';
import type { HotTable } from './table.ts';

/** A batch read takes at most 100 items. */
const batchSize = 100;

type Item = Record<string, unknown>;

/** The items that exist, read consistently, in no particular order. */
export async function readItems(table: HotTable, keys: readonly Item[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let from = 0; from < keys.length; from += batchSize) {
    items.push(...(await readBatch(table, keys.slice(from, from + batchSize))));
  }
  return items;
}

async function readBatch(table: HotTable, keys: Item[]): Promise<Item[]> {
  const items: Item[] = [];
  let pending = keys;
  while (pending.length > 0) {
    const answer = await table.items.batchGet({
      RequestItems: { [table.name]: { Keys: pending, ConsistentRead: true } },
    });
    items.push(...(answer.Responses?.[table.name] ?? []));
    pending = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return items;
}

export function invalidCursor(): DaypassError {
  return new DaypassError(
    'invalid_request',
    'cursor must be the nextCursor of the page before, with the same query.',
    { param: 'cursor' },
  );
}
