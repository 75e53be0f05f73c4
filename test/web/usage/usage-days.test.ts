import { chosenRange, daysOf, faultOf, fitted, utcDay } from '../../../web/screens/usage/day-range.ts';

const today = '2026-11-22';
const range = (search: string) => chosenRange(new URLSearchParams(search), today);

test('without parameters the range is the last 30 days, including today', () => {
  expect(range('')).toEqual({ period: '30', from: '2026-10-24', to: today });
});

test('a period reaches back across months and years', () => {
  expect(range('days=7')).toEqual({ period: '7', from: '2026-11-16', to: today });
  expect(chosenRange(new URLSearchParams('days=90'), '2027-01-15').from).toBe('2026-10-18');
});

test('whoever has chosen no days and has a week of use at most sees a week', () => {
  const shown = (search: string, oldest: string | undefined) =>
    fitted(range(search), new URLSearchParams(search), oldest).from;
  expect(shown('', '2026-11-16')).toBe('2026-11-16');
  expect(shown('key=key_one', '2026-11-22')).toBe('2026-11-16');
  expect(shown('', '2026-11-15')).toBe('2026-10-24');
  expect(shown('', undefined)).toBe('2026-10-24');
  expect(shown('days=30', '2026-11-22')).toBe('2026-10-24');
  expect(shown('from=2026-11-01', '2026-11-22')).toBe('2026-11-01');
});

test('an unknown period is the default', () => {
  expect(range('days=12').period).toBe('30');
});

test('a first day alone reaches to today, and a last day alone reaches thirty days back', () => {
  expect(range('from=2026-11-01')).toEqual({ period: 'custom', from: '2026-11-01', to: today });
  expect(range('to=2026-03-02')).toEqual({ period: 'custom', from: '2026-02-01', to: '2026-03-02' });
});

test.each([
  ['from=2026-13-01&to=2026-11-02', 'from'],
  ['from=2026-02-30&to=2026-11-02', 'from'],
  ['from=&to=2026-11-02', 'from'],
  ['to=yesterday', 'to'],
  ['from=2026-11-03&to=2026-11-02', 'from'],
  ['from=2025-10-18&to=2026-11-22', 'from'],
])('%s has a fault in %s', (search, field) => {
  expect(range(search).fault?.field).toBe(field);
});

test('400 days are the maximum, and one day is a range', () => {
  expect(faultOf({ from: '2025-10-19', to: today })).toBeUndefined();
  expect(faultOf({ from: today, to: today })).toBeUndefined();
});

test('every day of a range is listed once, oldest first, even when clocks change', () => {
  expect(daysOf({ from: '2026-02-27', to: '2026-03-01' })).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
  expect(new Set(daysOf({ from: '2026-01-01', to: '2026-12-31' })).size).toBe(365);
});

test('days are in UTC', () => {
  expect(utcDay(Date.parse('2026-11-22T23:59:59.999Z'))).toBe('2026-11-22');
  expect(utcDay(Date.parse('2026-11-22T23:59:59.999-03:00'))).toBe('2026-11-23');
});
