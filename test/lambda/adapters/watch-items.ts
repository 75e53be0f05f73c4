import type { HotTable, ItemCalls } from '../../../lambda/adapters/table.ts';

/** The same table, with the name of each call to it. */
export function watchItems({ name, items }: HotTable): { table: HotTable; sent: string[] } {
  const sent: string[] = [];
  const watched = Object.fromEntries(
    Object.entries(items).map(([operation, call]: [string, (input: never) => unknown]) => [
      operation,
      (input: never) => {
        sent.push(operation);
        return call(input);
      },
    ]),
  );
  return { table: { name, items: watched as unknown as ItemCalls }, sent };
}
