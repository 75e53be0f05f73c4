import type * as z from 'zod';
import { mistake } from './mistake.ts';
import { bedrockEmbeddingId, bedrockModelId, notABedrockModel } from './model-settings.ts';

type Entry = Record<string, unknown>;

/** By its own API, and by OpenAI's. */
const bedrockProviders = ['bedrock', 'bedrock-openai'];

function isBedrock(provider: unknown): boolean {
  return bedrockProviders.includes(String(provider));
}

/** Only Bedrock applies its guardrails, and every chat is to go through the one that is set. */
export function guardrailMistakes(file: unknown, models: Entry[]): z.core.$ZodIssue[] {
  const { guardrail } = ((file as Entry | null)?.chat ?? {}) as Entry;
  if (guardrail === undefined || guardrail === null) return [];
  return models.flatMap(({ provider }, at) =>
    typeof provider !== 'string' || isBedrock(provider)
      ? []
      : [
          mistake(
            ['models', at, 'provider'],
            provider,
            'must be one of Bedrock while chat.guardrail is set: others don’t apply it',
          ),
        ],
  );
}

/** Bedrock's models have ids of one form, and only they have inference profiles. */
export function modelProviderMistakes(
  { provider, modelId, inferenceProfile, apis }: Entry,
  at: number,
  providers: Record<string, Entry>,
): z.core.$ZodIssue[] {
  if (typeof provider !== 'string') return [];
  const listed = Object.keys(providers);
  const apiMistakes = apisMistakes(['models', at, 'apis'], apis, { provider, entry: providers[provider] });
  if (isBedrock(provider)) {
    const isKnownForm = typeof modelId !== 'string' || bedrockModelId.test(modelId);
    return [
      ...(isKnownForm ? [] : [mistake(['models', at, 'modelId'], modelId, notABedrockModel)]),
      ...apiMistakes,
    ];
  }
  if (!listed.includes(provider)) {
    return [mistake(['models', at, 'provider'], provider, notListed([...bedrockProviders, ...listed]))];
  }
  return [...profileMistakes(['models', at], inferenceProfile), ...apiMistakes];
}

/** A model that answers an API which its provider isn't asked by would answer nothing. */
function apisMistakes(
  path: PropertyKey[],
  apis: unknown,
  { provider, entry }: { provider: string; entry: Entry | undefined },
): z.core.$ZodIssue[] {
  if (!Array.isArray(apis)) return [];
  const { kind = provider === 'anthropic' ? 'anthropic' : 'openai', responses, baseUrl } = entry ?? {};
  if (provider === 'bedrock' || kind !== 'openai') {
    return [mistake(path, apis, 'must be left out: only providers with OpenAI’s API have several')];
  }
  const hasResponses =
    provider === 'bedrock-openai' || (responses ?? (provider === 'openai' && baseUrl === undefined)) === true;
  if (hasResponses || !apis.includes('responses')) return [];
  return [mistake(path, apis, `must not name responses unless providers.${provider}.responses is true`)];
}

/** Bedrock's endpoint for OpenAI's API has chats alone (Bedrock user guide, supported APIs), and so has Anthropic's API. */
export function embeddingProviderMistakes(
  { provider = 'bedrock', modelId, inferenceProfile, contextTokens }: Entry,
  at: number,
  providers: Record<string, Entry>,
): z.core.$ZodIssue[] {
  const path = ['embeddingModels', at];
  if (typeof provider !== 'string') return [];
  if (provider === 'bedrock') {
    const isKnownForm = typeof modelId !== 'string' || bedrockEmbeddingId.test(modelId);
    const notOne = 'must be amazon.titan-embed-text-v2… or cohere.embed-…: no other kind is supported';
    return [
      ...(isKnownForm ? [] : [mistake([...path, 'modelId'], modelId, notOne)]),
      ...(contextTokens === undefined
        ? []
        : [mistake([...path, 'contextTokens'], contextTokens, 'must be left out: it is known for Bedrock')]),
    ];
  }
  const embedding = Object.entries(providers)
    .filter(([name, { kind }]) => kind !== 'anthropic' && name !== 'anthropic')
    .map(([name]) => name);
  if (!embedding.includes(provider)) {
    const names = notListed(['bedrock', ...embedding]);
    return [mistake([...path, 'provider'], provider, `${names}, and speak OpenAI’s API`)];
  }
  return profileMistakes(path, inferenceProfile);
}

function notListed(names: string[]): string {
  return `must be ${names.map((name) => `'${name}'`).join(', ')}; others have to be listed in providers`;
}

function profileMistakes(path: PropertyKey[], profile: unknown): z.core.$ZodIssue[] {
  if (profile === undefined) return [];
  return [mistake([...path, 'inferenceProfile'], profile, 'must be left out: only Bedrock has them')];
}
