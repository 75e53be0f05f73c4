import type { EmbeddingModel } from '../catalog.ts';
import type { AskOptions } from '../chat/provider.ts';

/** A service that runs embedding models. */
export interface EmbeddingProvider {
  /** Whether callers may use keys of their own. */
  takesOwnKeys?: boolean;
  /** Translates inputs for one model, in as many batches as it takes calls. */
  prepare(
    inputs: readonly EmbeddingInput[],
    model: EmbeddingModel,
    options: EmbeddingOptions,
  ): EmbeddingBatch[];
}

/** A text; or its tokens, for models whose provider takes them. */
export type EmbeddingInput = string | readonly number[];

export interface EmbeddingOptions {
  dimensions: number | undefined;
  /** How the caller wants vectors written, for providers that can be asked for the same. */
  encoding: 'float' | 'base64';
}

/** Inputs that one call of the provider embeds. */
export interface EmbeddingBatch {
  /** @throws DaypassError when the model refuses, or its answer makes no sense */
  embed(
    options: Pick<AskOptions, 'signal' | 'ownKey'>,
  ): Promise<{ vectors: number[][]; inputTokens: number }>;
}
