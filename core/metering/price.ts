import { promptTokens, type TokenUsage } from './token-usage.ts';

/** US dollars per million tokens. */
export interface TokenPrices {
  input: number;
  output: number;
  cachedInput: number;
  /** For five minutes, and for an hour. */
  cacheWrite: number;
  cacheWriteHour: number;
}

export interface PricedModel {
  pricePerMillionTokens: TokenPrices;
  /** What a call costs as a whole, its answer too, once its prompt has more tokens than these. */
  longContext?: { above: number; pricePerMillionTokens: TokenPrices } | undefined;
}

/**
 * Billionths of a dollar, whole: prices per million tokens times tokens, free of rounding drift.
 * @param factor of the service tier that answered
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
