import { promptTokens, type TokenUsage } from './token-usage.ts';

/** US dollars per million tokens. */
export interface TokenPrices {
  input: number;
  output: number;
  cachedInput: number;
  /** For five minutes. */
  cacheWrite: number;
  /** For an hour. */
  cacheWriteHour: number;
}

export interface PricedModel {
  pricePerMillionTokens: TokenPrices;
  /** The prices of a whole call, answer included, whose prompt has more than `above` tokens. */
  longContext?: { above: number; pricePerMillionTokens: TokenPrices } | undefined;
}

/**
 * In whole billionths of a dollar, so that sums don't drift by rounding.
 * @param factor the price factor of the service tier that answered
 */
export function costNanoDollars(usage: TokenUsage, model: PricedModel, factor = 1): number {
  const { longContext } = model;
  const isLong = longContext !== undefined && promptTokens(usage) > longContext.above;
  const prices = isLong ? longContext.pricePerMillionTokens : model.pricePerMillionTokens;
  const writtenBriefly = usage.cacheWriteInput - usage.cacheWriteHourInput;
  const microDollars =
    usage.input * prices.input +
    usage.output * prices.output +
    usage.cachedInput * prices.cachedInput +
    writtenBriefly * prices.cacheWrite +
    usage.cacheWriteHourInput * prices.cacheWriteHour;
  return Math.round(microDollars * 1000 * factor);
}
