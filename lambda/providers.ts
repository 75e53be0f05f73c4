import type { ByProvider, Upstream } from '../core/catalog.ts';
import type { CountTokens, Provider } from '../core/chat/provider.ts';
import type { EmbeddingProvider } from '../core/embeddings/provider.ts';
import { createAnthropicProvider } from '../core/providers/anthropic/provider.ts';
import { createBedrockCounter } from '../core/providers/bedrock/count-tokens.ts';
import { createBedrockEmbeddings } from '../core/providers/bedrock/embeddings.ts';
import { createBedrockProvider } from '../core/providers/bedrock/provider.ts';
import { createOpenAiProvider } from '../core/providers/openai/provider.ts';
import {
  createConverseStream,
  createCountTokens,
  createInvokeModel,
} from './adapters/bedrock/bedrock-runtime.ts';
import { createBedrockOpenAi } from './adapters/upstream/bedrock-openai.ts';
import { createHttpUpstream } from './adapters/upstream/http-upstream.ts';
import { createOperatorKey } from './adapters/upstream/operator-key.ts';
import { catalog } from './catalog.ts';

/** By the name of a model's provider in the settings. */
export const openProviders = (): ByProvider<Provider> => ({
  bedrock: createBedrockProvider(createConverseStream(), catalog.chat),
  ...(catalog.models.some(({ provider }) => provider === bedrockOpenAi) && {
    [bedrockOpenAi]: openBedrockOpenAi(),
  }),
  ...Object.fromEntries(Object.entries(catalog.upstreams).map(([name, upstream]) => [name, open(upstream)])),
});

export const openCounters = (): ByProvider<CountTokens> => ({
  bedrock: createBedrockCounter(createCountTokens(), catalog.chat),
});

export const openEmbeddingProviders = (): ByProvider<EmbeddingProvider> => ({
  bedrock: createBedrockEmbeddings(createInvokeModel()),
});

/** Bedrock's own endpoint for OpenAI's API, which function roles sign for. */
const bedrockOpenAi = 'bedrock-openai';

function openBedrockOpenAi(): Provider {
  return createOpenAiProvider({
    send: createBedrockOpenAi(catalog.chat.guardrail),
    key: undefined,
    takesOwnKeys: false,
    upstream: { relays: ['chat-completions', 'responses'], limitField: 'max_completion_tokens' },
    settings: catalog.chat,
  });
}

function open(upstream: Upstream): Provider {
  const send = createHttpUpstream(upstream);
  const key = upstream.secret === undefined ? undefined : createOperatorKey(upstream.secret);
  const ports = { send, key, takesOwnKeys: upstream.takesOwnKeys, settings: catalog.chat };
  if (upstream.kind === 'anthropic') return createAnthropicProvider(ports);
  return createOpenAiProvider({ ...ports, upstream });
}
