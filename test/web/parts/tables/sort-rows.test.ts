import { nextSorting, sortRows } from '../../../../web/parts/tables/sort-rows.ts';

const sorted = (values: unknown[], direction: 'asc' | 'desc' = 'asc') =>
  sortRows(
    values.map((value) => ({ value })),
    ({ value }) => value,
    direction,
    'en',
  ).map(({ value }) => value);

test('numbers by size, words without regard to case, and numbers in words by size', () => {
  expect(sorted([10, 9, 100])).toEqual([9, 10, 100]);
  expect(sorted(['key 10', 'Key 9', 'alpha'])).toEqual(['alpha', 'Key 9', 'key 10']);
  expect(sorted([1, 3, 2], 'desc')).toEqual([3, 2, 1]);
});

test('what has no value comes last in both directions', () => {
  expect(sorted([null, 2, undefined, 1])).toEqual([1, 2, null, undefined]);
  expect(sorted([null, 2, 1], 'desc')).toEqual([2, 1, null]);
});

test('equal rows keep their order', () => {
  const rows = ['b', 'a'].map((name) => ({ name, same: 1 }));
  for (const direction of ['asc', 'desc'] as const)
    expect(sortRows(rows, ({ same }) => same, direction, 'en')).toEqual(rows);
});

test('a column begins with its largest numbers or with A, and turns round when it is asked again', () => {
  expect(nextSorting(undefined, 'requests', 3)).toEqual({ id: 'requests', direction: 'desc' });
  expect(nextSorting(undefined, 'name', 'Ada')).toEqual({ id: 'name', direction: 'asc' });
  expect(nextSorting({ id: 'name', direction: 'asc' }, 'name', 'Ada')).toEqual({
    id: 'name',
    direction: 'desc',
  });
  expect(nextSorting({ id: 'name', direction: 'desc' }, 'requests', 3).direction).toBe('desc');
});
