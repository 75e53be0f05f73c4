import { dollarWords, sizeWords, tookWords, waitWords } from '../../web/parts/figure-words.ts';

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
