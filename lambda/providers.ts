import type { ByProvider } from '../core/catalog.ts';
import type { CountTokens, Provider } from '../core/chat/provider.ts';
import type { EmbeddingProvider } from '../core/embeddings/provider.ts';
import { createBedrockCounter } from '../core/providers/bedrock/count-tokens.ts';
import { createBedrockEmbeddings } from '../core/providers/bedrock/embeddings.ts';
import { createBedrockProvider } from '../core/providers/bedrock/provider.ts';
import {
  createConverseStream,
  createCountTokens,
  createInvokeModel,
} from './adapters/bedrock/bedrock-runtime.ts';
import { catalog } from './catalog.ts';

/** By the name of a model's provider in the settings. */
export const openProviders = (): ByProvider<Provider> => ({
  bedrock: createBedrockProvider(createConverseStream(), catalog.chat),
});

export const openCounters = (): ByProvider<CountTokens> => ({
  bedrock: createBedrockCounter(createCountTokens(), catalog.chat),
});

export const openEmbeddingProviders = (): ByProvider<EmbeddingProvider> => ({
  bedrock: createBedrockEmbeddings(createInvokeModel()),
});
