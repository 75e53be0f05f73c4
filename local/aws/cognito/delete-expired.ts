import type { Collection } from '../../state/store.ts';

/** Deletes expired records at the start, so that the store doesn't grow forever. @returns the deleted ids */
export function deleteExpired<T>(records: Collection<T>, isOver: (record: T) => boolean): Set<string> {
  const over = records.list().filter(({ value }) => isOver(value));
  for (const { id } of over) records.delete(id);
  return new Set(over.map(({ id }) => id));
}
