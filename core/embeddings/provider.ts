import type { EmbeddingModel } from '../catalog.ts';

/** A service that runs embedding models. */
export interface EmbeddingProvider {
  /** Translates texts for one model, in as many batches as it takes calls. */
  prepare(texts: readonly string[], model: EmbeddingModel, dimensions: number | undefined): EmbeddingBatch[];
}

/** Texts that one call of the provider embeds. */
export interface EmbeddingBatch {
  /** @throws DaypassError when the model refuses, or its answer makes no sense */
  embed(signal: AbortSignal): Promise<{ vectors: number[][]; inputTokens: number }>;
}
