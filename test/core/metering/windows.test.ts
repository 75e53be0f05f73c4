import fc from 'fast-check';
import { dayOf, limitsAt, requestRows, secondsUntil, windowAt } from '../../../core/metering/windows.ts';

const times = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });

test('a window is named by its UTC time and ends where the next begins', () => {
  const now = Date.parse('2026-11-22T23:59:59.999Z');
  expect(windowAt('day', now)).toEqual({ kind: 'day', id: 'day-2026-11-22', endsAt: now + 1 });
  expect(windowAt('hour', now)).toEqual({ kind: 'hour', id: 'hour-2026-11-22T23', endsAt: now + 1 });
  expect(windowAt('minute', now)).toEqual({ kind: 'minute', id: 'minute-2026-11-22T23:59', endsAt: now + 1 });
  expect(windowAt('day', now + 1).id).toBe('day-2026-11-23');
});

test('every moment lies in exactly one window of each kind', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(...requestRows), (now, { kind }) => {
      const window = windowAt(kind, now);
      expect(window.endsAt).toBeGreaterThan(now);
      expect(windowAt(kind, window.endsAt - 1).id).toBe(window.id);
      expect(windowAt(kind, window.endsAt).id).not.toBe(window.id);
    }),
  );
});

test.each([
  ['week', '2026-11-30T00:00:00.000Z', 'week-2026-11-30', '2026-12-07T00:00:00.000Z'],
  ['week', '2026-11-29T23:59:59.999Z', 'week-2026-11-23', '2026-11-30T00:00:00.000Z'],
  ['week', '2027-01-01T12:00:00.000Z', 'week-2026-12-28', '2027-01-04T00:00:00.000Z'],
  ['month', '2026-12-31T23:59:59.999Z', 'month-2026-12', '2027-01-01T00:00:00.000Z'],
  ['month', '2028-02-29T23:59:59.999Z', 'month-2028-02', '2028-03-01T00:00:00.000Z'],
  ['month', '2027-02-28T23:59:59.999Z', 'month-2027-02', '2027-03-01T00:00:00.000Z'],
] as const)('the %s at %s is %s and ends at %s', (kind, now, id, end) => {
  expect(windowAt(kind, Date.parse(now))).toEqual({ kind, id, endsAt: Date.parse(end) });
});

test('windows follow each other without a gap, and their names are unique and sort by time', () => {
  const day = 86_400_000;
  const longest = { minute: 60_000, hour: 3_600_000, day, week: 7 * day, month: 31 * day };
  fc.assert(
    fc.property(times, fc.constantFrom(...requestRows), (now, { kind }) => {
      const { id, endsAt } = windowAt(kind, now);
      const next = windowAt(kind, endsAt);
      expect(next.id > id).toBe(true);
      const length = next.endsAt - endsAt;
      expect(length).toBeLessThanOrEqual(longest[kind]);
      expect(length).toBeGreaterThanOrEqual(kind === 'month' ? 28 * day : longest[kind]);
      if (kind === 'week') expect(new Date(endsAt).getUTCDay()).toBe(1);
      if (kind === 'month') expect(new Date(endsAt).getUTCDate()).toBe(1);
    }),
  );
});

test('every limit has its own name, attribute and counter', () => {
  const now = Date.parse('2026-11-22T10:05:00Z');
  expect(limitsAt(now).map(({ field, stored, counter }) => [field, stored, counter])).toEqual([
    ['requestsPerMinute', 'minute', 'minute-2026-11-22T10:05'],
    ['requestsPerHour', 'hour', 'hour-2026-11-22T10'],
    ['requestsPerDay', 'day', 'day-2026-11-22'],
    ['requestsPerWeek', 'week', 'week-2026-11-16'],
    ['requestsPerMonth', 'month', 'month-2026-11'],
    ['tokensPerDay', 'tokens', 'tokens-2026-11-22'],
    ['spendPerDay', 'spend', 'spend-2026-11-22'],
    ['spendPerMonth', 'spendmonth', 'spendmonth-2026-11'],
  ]);
});

test('a caller who waits for the time given is never early', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 86_400_000 }), (now, rest) => {
      expect(now + secondsUntil(now + rest, now) * 1000).toBeGreaterThanOrEqual(now + rest);
    }),
  );
});

test('the day of a moment is its UTC date', () => {
  expect(dayOf(Date.parse('2026-11-22T23:30:00-02:00'))).toBe('2026-11-23');
});
