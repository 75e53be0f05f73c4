import * as z from 'zod';
import type { CatalogModel } from '../core/catalog.ts';

export const price = z.number('must be US dollars per million tokens').min(0, 'must not be negative');

/** A chat model's prices, as far as the settings name them. */
export const modelPrices = z.strictObject({
  input: price,
  output: price,
  cachedInput: price.optional(),
  cacheWrite: price.optional(),
  cacheWriteHour: price.optional(),
});

/**
 * Reading from and writing to the prompt cache cost what input costs, unless the settings name a price. An hour in Claude's
 * cache costs twice the input; other models have no such cache.
 */
export function withDefaultPrices(
  { input, output, cachedInput = input, cacheWrite = input, cacheWriteHour }: z.infer<typeof modelPrices>,
  family?: CatalogModel['family'],
): CatalogModel['pricePerMillionTokens'] {
  const hour = family === 'claude' ? 2 * input : cacheWrite;
  return { input, output, cachedInput, cacheWrite, cacheWriteHour: cacheWriteHour ?? hour };
}
