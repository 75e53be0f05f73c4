export interface Sorting {
  /** Of a column. */
  id: string;
  direction: 'asc' | 'desc';
}

/** Numbers are first asked for from the largest down, and all else from A to Z; then the other way round. */
export function nextSorting(now: Sorting | undefined, id: string, value: unknown): Sorting {
  if (now?.id === id) return { id, direction: now.direction === 'asc' ? 'desc' : 'asc' };
  return { id, direction: typeof value === 'number' ? 'desc' : 'asc' };
}

/** Rows without a value come last, whichever the direction; equal ones stay as they were. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortValue: (row: Row) => unknown,
  direction: Sorting['direction'],
  locale: string,
): Row[] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const sign = direction === 'asc' ? 1 : -1;
  return rows.toSorted((one, other) => {
    const [a, b] = [sortValue(one), sortValue(other)];
    if (a == null || b == null) return Number(a == null) - Number(b == null);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b)));
  });
}
