import type { ByProvider, Upstream } from '../core/catalog.ts';
import type { UpstreamPorts } from '../core/chat/ask-upstream.ts';
import type { Provider, TokenCounter } from '../core/chat/provider.ts';
import type { EmbeddingProvider } from '../core/embeddings/provider.ts';
import type { OwnKeys } from '../core/provider-keys/own-key.ts';
import { createAnthropicCounter } from '../core/providers/anthropic/count-tokens.ts';
import { createAnthropicProvider } from '../core/providers/anthropic/provider.ts';
import { createOpenAiEmbeddings } from '../core/providers/openai/embeddings.ts';
import { createOpenAiProvider } from '../core/providers/openai/provider.ts';
import { createKeptSecret } from './adapters/kept-secret.ts';
import { createOwnKeys } from './adapters/provider-keys/own-keys.ts';
import type { HotTable } from './adapters/table.ts';
import { createBedrockOpenAi } from './adapters/upstream/bedrock-openai.ts';
import { createHttpUpstream } from './adapters/upstream/http-upstream.ts';
import { catalog } from './catalog.ts';
import { ownKeyHosts } from './own-key-hosts.ts';

/** Bedrock's own endpoint for OpenAI's API, which function roles sign for. */
const bedrockOpenAi = 'bedrock-openai';

/** Defined where no provider is listed: see lib/constructs/functions/esbuild-options.ts. */
declare const DAYPASS_BEDROCK_ALONE: true;

/** All but Bedrock's own API. A deployment without them bundles none of this. */
export function openOtherProviders(): ByProvider<Provider> {
  const listed =
    typeof DAYPASS_BEDROCK_ALONE === 'undefined'
      ? Object.entries(catalog.upstreams).map(([name, upstream]) => [name, open(upstream)])
      : [];
  const asksBedrock = catalog.models.some(({ provider }) => provider === bedrockOpenAi);
  return {
    ...(asksBedrock && { [bedrockOpenAi]: openBedrockOpenAi() }),
    ...Object.fromEntries(listed),
  };
}

/** Of the models that count at their own provider. */
export function openOtherCounters(): ByProvider<TokenCounter> {
  const counting = catalog.models.filter(({ accepts }) => accepts.includes('token-counts'));
  return ofUpstreams(counting, 'anthropic', (upstream) => createAnthropicCounter(portsOf(upstream)));
}

export function openOtherEmbeddings(): ByProvider<EmbeddingProvider> {
  return ofUpstreams(catalog.embeddingModels, 'openai', (upstream) =>
    createOpenAiEmbeddings(portsOf(upstream)),
  );
}

/** What is made of the providers of one kind that run these models. */
function ofUpstreams<T>(
  models: readonly { provider: string }[],
  kind: Upstream['kind'],
  make: (upstream: Upstream) => T,
): ByProvider<T> {
  const asked = new Set(models.map(({ provider }) => provider));
  const listed = Object.entries(catalog.upstreams).filter(
    ([name, upstream]) => asked.has(name) && upstream.kind === kind,
  );
  return Object.fromEntries(listed.map(([name, upstream]) => [name, make(upstream)]));
}

/** Undefined where no provider takes keys of callers, so that nothing is read there. */
export function openOwnKeys(openTable: () => HotTable): OwnKeys | undefined {
  const hosts = ownKeyHosts(catalog);
  return Object.keys(hosts).length === 0 ? undefined : createOwnKeys(openTable(), hosts);
}

function openBedrockOpenAi(): Provider {
  return createOpenAiProvider({
    send: createBedrockOpenAi(catalog.chat.guardrail),
    key: undefined,
    takesOwnKeys: false,
    upstream: { relays: ['chat-completions', 'responses'], limitField: 'max_completion_tokens' },
    settings: catalog.chat,
  });
}

const keyUnreadable =
  'This deployment’s key for the model’s provider can’t be read. Tell its operator, or choose another model.';

function portsOf(upstream: Upstream): UpstreamPorts {
  return {
    send: createHttpUpstream(upstream),
    key: upstream.secret === undefined ? undefined : createKeptSecret(upstream.secret, keyUnreadable),
    takesOwnKeys: upstream.takesOwnKeys,
  };
}

function open(upstream: Upstream): Provider {
  const ports = { ...portsOf(upstream), settings: catalog.chat };
  if (upstream.kind === 'anthropic') return createAnthropicProvider(ports);
  return createOpenAiProvider({ ...ports, upstream });
}
