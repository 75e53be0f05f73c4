import { shortCount } from '../../../core/contract/short-count.ts';
import {
  dollarWords,
  percentWords,
  sizeWords,
  tookWords,
  waitWords,
} from '../../../web/language/number-words.ts';
import { speak } from '../../../web/language/t.ts';

test.each([
  [0, '0 s'],
  [0.2, '1 s'],
  [59.5, '1 min'],
  [61, '2 min'],
  [3541, '1 h'],
  [18_720, '5 h 12 min'],
  [18_721, '5 h 13 min'],
  [86_400, '24 h'],
])('a wait of %d seconds is %s, never less', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words);
});

test.each([
  [420, '0.42 s'],
  [12_340, '12.3 s'],
  [125_400, '2 min 5 s'],
])('%d milliseconds are %s', (milliseconds, words) => {
  expect(tookWords(milliseconds)).toBe(words);
});

test.each([
  [0, '$0'],
  [0.000041, '$0.000041'],
  [0.0213, '$0.021'],
  [1.2, '$1.20'],
])('%d dollars are %s', (dollars, words) => {
  expect(dollarWords(dollars)).toBe(words);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [999_499, '999 kB'],
  [999_500, '1 MB'],
  [1_048_576, '1 MB'],
  [1_250_000, '1.3 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

test('a percentage is written as the reader’s locale does, and never more than it is', () => {
  const shares = [0, 0.57, 0.8, 0.9999, 1];
  expect(shares.map(percentWords)).toEqual(['0%', '57%', '80%', '99.9%', '100%']);
  speak({ locale: 'de-DE', catalogue: {} });
  expect(shares.map(percentWords)).toEqual(['0 %', '57 %', '80 %', '99,9 %', '100 %'].map(narrow));
  speak({ locale: 'en-GB', catalogue: {} });
});

/** German has an unbreakable space there. */
const narrow = (words: string): string => words.replace(' ', '\u00a0');

test('a large count is as short as the locale has it, and whole where that is no shorter', () => {
  const counts = [512, 8192, 300_000, 1_050_000];
  expect(counts.map(shortCount('en-GB'))).toEqual(['512', '8.19K', '300K', '1.05M']);
  expect(counts.map(shortCount('de-DE'))).toEqual(['512', '8.192', '300.000', narrow('1,05 Mio.')]);
});
