import { dayWarning } from '../../../web/keys/day-warning.ts';
import type { Key } from '../../../web/keys/key.ts';

type Window = Key['windows'][number];
const window = (used: number, limit: number, fields: Partial<Window> = {}): Window => ({
  unit: 'requests',
  window: 'day',
  limit,
  used,
  remaining: Math.max(0, limit - used),
  resetsAt: '2026-11-23T00:00:00.000Z',
  ...fields,
});

test.each([
  [7, undefined],
  [8, 80],
  [9, 90],
  [10, 100],
  [11, 100],
])('%i of 10 is warned of at %s', (used, level) => {
  expect(dayWarning({ windows: [window(used, 10)] })?.level).toBe(level);
});

test('of several limits of the day, the one nearest to its end is told', () => {
  const windows = [
    window(8, 10),
    window(950, 1000, { unit: 'tokens' }),
    window(10, 10, { window: 'minute' }),
    window(1, 5, { unit: 'dollars' }),
  ];
  expect(dayWarning({ windows })).toMatchObject({ level: 90, window: { unit: 'tokens' } });
});

test('a key without limits, or with nothing allowed, needs no arithmetic by zero', () => {
  expect(dayWarning({ windows: [] })).toBeUndefined();
  expect(dayWarning({ windows: [window(0, 0)] })?.level).toBe(100);
});
