import fc from 'fast-check';
import { dayOf, requestRows, secondsUntil, windowAt } from '../../../core/metering/windows.ts';

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

test('waiting as long as told is never too short', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 86_400_000 }), (now, rest) => {
      expect(now + secondsUntil(now + rest, now) * 1000).toBeGreaterThanOrEqual(now + rest);
    }),
  );
});

test('the day of a moment is its UTC date', () => {
  expect(dayOf(Date.parse('2026-11-22T23:30:00-02:00'))).toBe('2026-11-23');
});
