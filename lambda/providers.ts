import type { ByProvider } from '../core/catalog.ts';
import type { Provider, TokenCounter } from '../core/chat/provider.ts';
import type { EmbeddingProvider } from '../core/embeddings/provider.ts';
import { createBedrockCounter } from '../core/providers/bedrock/count-tokens.ts';
import { createBedrockEmbeddings } from '../core/providers/bedrock/embeddings.ts';
import { createBedrockProvider } from '../core/providers/bedrock/provider.ts';
import { createCountTokens, createInvokeModel } from './adapters/bedrock/bedrock-runtime.ts';
import { createConverseStream } from './adapters/bedrock/converse-stream.ts';
import type { HotTable } from './adapters/table.ts';
import { catalog } from './catalog.ts';
import {
  openOtherCounters,
  openOtherEmbeddings,
  openOtherProviders,
  openOwnKeys,
} from './other-providers.ts';

/** Defined where all models are asked by Converse, and where no provider is listed: see lib/constructs/functions/esbuild-options.ts. */
declare const DAYPASS_CONVERSE_ALONE: true;
declare const DAYPASS_BEDROCK_ALONE: true;

/** By the name of a model's provider in the settings, with the keys that callers keep for them. */
export const openProviders = (openTable: () => HotTable) => ({
  providers: {
    bedrock: createBedrockProvider(createConverseStream(), catalog.chat),
    ...(typeof DAYPASS_CONVERSE_ALONE === 'undefined' ? openOtherProviders() : {}),
  } satisfies ByProvider<Provider>,
  ownKeys: typeof DAYPASS_BEDROCK_ALONE === 'undefined' ? openOwnKeys(openTable) : undefined,
});

export const openCounters = (openTable: () => HotTable) => ({
  counters: {
    bedrock: createBedrockCounter(createCountTokens(), catalog.chat),
    ...(typeof DAYPASS_BEDROCK_ALONE === 'undefined' ? openOtherCounters() : {}),
  } satisfies ByProvider<TokenCounter>,
  ownKeys: typeof DAYPASS_BEDROCK_ALONE === 'undefined' ? openOwnKeys(openTable) : undefined,
});

export const openEmbeddingProviders = (openTable: () => HotTable) => ({
  providers: {
    bedrock: createBedrockEmbeddings(createInvokeModel()),
    ...(typeof DAYPASS_BEDROCK_ALONE === 'undefined' ? openOtherEmbeddings() : {}),
  } satisfies ByProvider<EmbeddingProvider>,
  ownKeys: typeof DAYPASS_BEDROCK_ALONE === 'undefined' ? openOwnKeys(openTable) : undefined,
});
