import type { CatalogModel, ChatSettings, EmbeddingModel } from '../catalog.ts';
import type { TokenPrices } from '../metering/price.ts';

/** A model's entry in OpenAI's model list, with what callers need to know beyond OpenAI's fields. */
export function describeModel(model: CatalogModel | EmbeddingModel, { serviceTiers }: ChatSettings) {
  const { name, createdSeconds, ownedBy, contextTokens, pricePerMillionTokens: prices } = model;
  const openai = { id: name, object: 'model' as const, created: createdSeconds, owned_by: ownedBy };
  if ('dimensions' in model) {
    return {
      ...openai,
      kind: 'embedding' as const,
      context_window: contextTokens ?? null,
      dimensions: [...model.dimensions],
      pricing: { currency: 'USD' as const, per_million_tokens: { input: prices.input } },
    };
  }
  const { longContext, accepts, maxOutputTokens } = model;
  return {
    ...openai,
    kind: 'chat' as const,
    context_window: model.contextTokens,
    max_output_tokens: maxOutputTokens,
    accepts: [...accepts],
    pricing: {
      currency: 'USD' as const,
      per_million_tokens: describePrices(prices),
      long_context: longContext
        ? {
            above: longContext.above,
            per_million_tokens: describePrices(longContext.pricePerMillionTokens),
          }
        : null,
      service_tiers: { ...serviceTiers },
    },
  };
}

function describePrices({ input, output, cachedInput, cacheWrite, cacheWriteHour }: TokenPrices) {
  return {
    input,
    output,
    cached_input: cachedInput,
    cache_write: cacheWrite,
    cache_write_hour: cacheWriteHour,
  };
}
