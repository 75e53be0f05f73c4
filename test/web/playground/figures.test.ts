import { allowanceNow } from '../../../web/screens/playground/allowance.ts';
import { costOfAnswer, nothingSpent } from '../../../web/screens/playground/answer-cost.ts';
import { dollarWords, tookWords, waitWords } from '../../../web/screens/playground/figure-words.ts';

test.each([
  [0, '0 s'],
  [0.2, '1 s'],
  [59.5, '1 min'],
  [61, '2 min'],
  [3541, '1 h'],
  [18_720, '5 h 12 min'],
  [18_721, '5 h 13 min'],
  [86_400, '24 h'],
])('a wait of %d seconds is told as %s, never as less', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words);
});

test.each([
  [420, '0.42 s'],
  [12_340, '12.3 s'],
  [125_400, '2 min 5 s'],
])('%d milliseconds are told as %s', (milliseconds, words) => {
  expect(tookWords(milliseconds)).toBe(words);
});

test.each([
  [0, '$0'],
  [0.000041, '$0.000041'],
  [0.0213, '$0.021'],
  [1.2, '$1.20'],
])('%d dollars are told as %s', (dollars, words) => {
  expect(dollarWords(dollars)).toBe(words);
});

const tokens = { input: 30, output: 12, cached: 10, reasoning: 0 };
const after = { requests: 1, inputTokens: 20, outputTokens: 12, cachedTokens: 10, cost: 0.5 };

test('an answer’s cost is what the books grew by, cached tokens being input', () => {
  expect(costOfAnswer(nothingSpent, after, tokens)).toBe(0.5);
});

test('no cost is told where the books did not grow yet, or by another call too', () => {
  expect(costOfAnswer(nothingSpent, nothingSpent, tokens)).toBeUndefined();
  expect(costOfAnswer(nothingSpent, { ...after, outputTokens: 99 }, tokens)).toBeUndefined();
});

const standing = (at: number, remaining: number) => ({
  at,
  facts: { limit: 10, remaining, resetsAt: new Date(100_000).toISOString(), tokens: null },
});
const headers = (at: number, limit: number, remaining: number, resetSeconds: number) => ({
  at,
  facts: { requests: { limit, remaining, resetSeconds } },
});

test('of a key’s standing and an answer’s headers the newer one counts', () => {
  expect(allowanceNow(standing(1000, 9), headers(2000, 10, 8, 98), 2000).day).toMatchObject({ remaining: 8 });
  expect(allowanceNow(standing(3000, 7), headers(2000, 10, 8, 98), 3000).day).toMatchObject({ remaining: 7 });
});

test('a window shorter than the day stands beside it until it ends', () => {
  const told = headers(0, 3, 1, 40);
  expect(allowanceNow(standing(0, 9), told, 10_000)).toMatchObject({
    day: { remaining: 9, resetSeconds: 90 },
    tighter: { limit: 3, remaining: 1, resetSeconds: 30 },
  });
  expect(allowanceNow(standing(0, 9), told, 41_000).tighter).toBeUndefined();
});
