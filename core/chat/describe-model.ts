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
    sampling: model.sampling,
    stop_sequences: model.takesStopSequences,
    structured_output: model.structuredOutput,
    reasoning_effort: model.reasoning !== 'none',
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

/** A chat model in Anthropic's model list. What its clients know of Claude alone is null. */
export function describeForAnthropic({ name, createdSeconds, contextTokens, maxOutputTokens }: CatalogModel) {
  return {
    type: 'model' as const,
    id: name,
    display_name: name,
    created_at: new Date(createdSeconds * 1000).toISOString(),
    max_input_tokens: contextTokens,
    max_tokens: maxOutputTokens,
    capabilities: null,
    lifecycle: 'active' as const,
    line: null,
    deprecated_at: null,
    retires_at: null,
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
