import { expiryTime as timeOfApi } from '../../../../core/keys/expiry.ts';
import {
  dayOfTime,
  expiresInOf,
  expiryFault,
  expiryTime,
} from '../../../../web/screens/keys/form/key-expiry.ts';

const now = new Date(2026, 10, 22, 14, 30).getTime();
const on = (day: string) => ({ choice: 'date', day }) as const;

test.each(['7d', '30d', '90d'] as const)('%s is counted as the API counts it', (choice) => {
  const expiry = { choice, day: '' };
  expect(expiryTime(expiry, now)).toBe(timeOfApi(expiresInOf(expiry) ?? '', now));
});

test('a key that never expires sends no expiry', () => {
  const expiry = { choice: 'never', day: '2026-12-01' } as const;
  expect([expiresInOf(expiry), expiryTime(expiry, now), expiryFault(expiry, now)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a date is the last day that the key works, in the user’s time zone', () => {
  const end = timeOfApi(expiresInOf(on('2026-12-01')) ?? '', now) ?? 0;
  expect(new Date(end).toString()).toContain('Dec 01 2026 23:59:59');
  expect(expiryTime(on('2026-12-01'), now)).toBe(end);
});

test.each([
  ['', 'must be a date'],
  ['tomorrow', 'must be a date'],
  ['2026-13-45', 'must be a date'],
  ['2026-11-21', 'must be today or later'],
  ['2036-12-31', 'must be within ten years'],
])('%j is refused as a last day: %s', (day, fault) => {
  expect(expiryFault(on(day), now)).toBe(fault);
});

test.each(['2026-11-22', '2036-11-28'])('%s is accepted as a last day', (day) => {
  expect(expiryFault(on(day), now)).toBeUndefined();
  expect(timeOfApi(expiresInOf(on(day)) ?? '', now)).toBeGreaterThan(now);
});

test('a day has the form that date fields take', () => {
  expect(dayOfTime(new Date(2026, 0, 3, 23, 59).getTime())).toBe('2026-01-03');
});
