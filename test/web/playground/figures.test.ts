import { costOfAnswer, nothingSpent } from '../../../web/screens/playground/answer/answer-cost.ts';
import { allowanceNow, fullestWindow, warningShare } from '../../../web/screens/playground/key/allowance.ts';

const tokens = { input: 30, output: 12, cached: 10, reasoning: 0 };
const after = { requests: 1, inputTokens: 20, outputTokens: 12, cachedTokens: 10, cost: 0.5 };

test('an answer’s cost is the growth of the usage, with cached tokens as input', () => {
  expect(costOfAnswer(nothingSpent, after, tokens)).toBe(0.5);
});

test('no cost is shown if the usage has not grown yet, or grew by another call too', () => {
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

test('the newer of a key’s standing and an answer’s headers counts', () => {
  expect(allowanceNow(standing(1000, 9), headers(2000, 10, 8, 98), 2000).day).toMatchObject({ remaining: 8 });
  expect(allowanceNow(standing(3000, 7), headers(2000, 10, 8, 98), 3000).day).toMatchObject({ remaining: 7 });
});

test('a window shorter than the day is shown beside it until it resets', () => {
  const reported = headers(0, 3, 1, 40);
  expect(allowanceNow(standing(0, 9), reported, 10_000)).toMatchObject({
    day: { remaining: 9, resetSeconds: 90 },
    tighter: { limit: 3, remaining: 1, resetSeconds: 30 },
  });
  expect(allowanceNow(standing(0, 9), reported, 41_000).tighter).toBeUndefined();
});

const used = (unit: 'requests' | 'tokens', window: 'minute' | 'day', limit: number, remaining: number) => ({
  unit,
  window,
  limit,
  remaining,
});

test.each([
  [7, undefined],
  [8, 0.8],
  [9, 0.9],
  [10, 1],
])('%i requests of 10 used warn at %s', (count, level) => {
  const fullest = fullestWindow([used('requests', 'day', 10, 10 - count)], undefined);
  expect(fullest && warningShare(fullest)).toBe(level);
});

test('the fullest window is warned of, by the latest headers, and never a minute', () => {
  const windows = [
    used('requests', 'minute', 2, 0),
    used('requests', 'day', 10, 5),
    used('tokens', 'day', 100, 15),
  ];
  expect(fullestWindow(windows, undefined)).toMatchObject({ unit: 'tokens' });
  expect(fullestWindow(windows, { limit: 10, remaining: 1, resetSeconds: 60 })).toMatchObject({
    unit: 'requests',
    share: 0.9,
  });
});
