import {
  dateAndTimeWords,
  recentSecondWords,
  secondWords,
  timeWords,
} from '../../../web/language/time-words.ts';

const now = Date.UTC(2026, 10, 22, 12);
const minute = 60_000;

test.each([
  [-5_000, 'just now'],
  [5_000, 'in a moment'],
  [-minute, '1 minute ago'],
  [-100 * minute, '2 hours ago'],
  [7 * 24 * 60 * minute - 1000, 'in 7 days'],
  [60 * minute - 1000, 'in 1 hour'],
  [24 * 60 * minute - 1000, 'tomorrow'],
  [5 * 60 * minute, 'in 5 hours'],
  [-25 * 60 * minute, 'yesterday'],
  [7 * 24 * 60 * minute, 'in 7 days'],
  [-40 * 24 * 60 * minute, '13 Oct 2026'],
])('%i ms from now is %j', (distance, words) => {
  expect(timeWords(now + distance, now)).toBe(words);
});

test('a time says its zone', () => {
  const time = '2026-11-22T12:05:41Z';
  const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).format(now).split(', ')[1];
  for (const words of [dateAndTimeWords(Date.parse(time)), secondWords(time), recentSecondWords(time)]) {
    expect(/\s/.test(words.at(-1 - (zone?.length ?? 0)) ?? '') && words.endsWith(String(zone))).toBe(true);
  }
});
