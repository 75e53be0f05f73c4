import fc from 'fast-check';
import { costNanoDollars } from '../../../core/metering/price.ts';
import { noTokens, promptTokens, type TokenUsage } from '../../../core/metering/token-usage.ts';

const plain = { input: 1, output: 5, cachedInput: 0.1, cacheWrite: 1.25, cacheWriteHour: 2 };
const long = { input: 5, output: 25, cachedInput: 0.5, cacheWrite: 6.25, cacheWriteHour: 10 };
const model = { pricePerMillionTokens: plain };
const tiered = { ...model, longContext: { above: 100_000, pricePerMillionTokens: long } };
const usage: TokenUsage = {
  input: 1000,
  output: 100,
  cachedInput: 10_000,
  cacheWriteInput: 5000,
  cacheWriteHourInput: 2000,
  reasoning: 50,
};

test('each kind of token has its own price, and an hour in the cache another than five minutes', () => {
  // In millionths of a dollar: 1,000 + 500 + 1,000 + 3,000 × 1.25 + 2,000 × 2
  expect(costNanoDollars(usage, model)).toBe(10_250_000);
});

test.each([
  [{ input: 100_000 }, 100_000 + 50],
  [{ input: 100_001 }, 500_005 + 250],
  // What was read from the cache or written to it counts as prompt: the same 100,001 tokens.
  [{ input: 1, cachedInput: 100_000 }, 5 + 50_000 + 250],
  [{ input: 1, cacheWriteInput: 100_000, cacheWriteHourInput: 40_000 }, 5 + 375_000 + 400_000 + 250],
])('a prompt of %j and ten tokens of answer costs %p millionths of a dollar', (tokens, microDollars) => {
  const told = { ...noTokens, output: 10, ...tokens };
  expect(costNanoDollars(told, tiered)).toBe(microDollars * 1000);
});

test('a long answer alone is not a long prompt', () => {
  expect(costNanoDollars({ ...noTokens, input: 1, output: 200_000 }, tiered)).toBe(1_000_001_000);
});

test('another tier multiplies the price by its factor', () => {
  expect(costNanoDollars(usage, model, 0.5)).toBe(5_125_000);
  expect(costNanoDollars(usage, model, 1.75)).toBe(17_937_500);
  expect(costNanoDollars({ ...noTokens, input: 100_001 }, tiered, 0.5)).toBe(250_002_500);
});

const count = fc.nat({ max: 1_000_000 });
const anyUsage = fc
  .record({
    input: count,
    output: count,
    cachedInput: count,
    cacheWriteInput: count,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(
    ({ share, ...tokens }): TokenUsage => ({
      ...tokens,
      cacheWriteHourInput: Math.floor(tokens.cacheWriteInput * share),
      reasoning: 0,
    }),
  );

test('long prompts cost the long price, all others the usual one, in whole nano-dollars', () => {
  fc.assert(
    fc.property(anyUsage, (used) => {
      const cost = costNanoDollars(used, tiered);
      expect(Number.isInteger(cost)).toBe(true);
      const prices = promptTokens(used) > 100_000 ? long : plain;
      expect(cost).toBe(costNanoDollars(used, { pricePerMillionTokens: prices }));
    }),
  );
});
