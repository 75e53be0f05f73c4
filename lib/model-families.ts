import type { CatalogModel, ModelInput } from '../core/catalog.ts';

/** What a model takes beyond text; every field can be set in `daypass.yml`. */
export type ModelAbilities = Pick<CatalogModel, 'family' | 'accepts' | 'structuredOutput' | 'reasoning'>;

const media = ['images', 'documents', 'tools', 'cache-points'] as const;
const forcible = [...media, 'tool-choice'] as const;

const nova = { family: 'nova', structuredOutput: 'tool', reasoning: 'none' } as const;
const claude = { family: 'claude', structuredOutput: 'tool' } as const;

/**
 * What is known about Bedrock's model ids. The first match counts; docs/models.md has the sources. A model unknown here
 * takes only text until its settings say more: a refusal by name is better than a failing call.
 */
const known: readonly [pattern: RegExp, abilities: ModelAbilities][] = [
  [/^amazon\.nova-micro/, { ...nova, accepts: ['tools', 'tool-choice', 'cache-points', 'prefill'] }],
  [/^amazon\.nova-2/, { ...nova, accepts: [...forcible, 'prefill'], reasoning: 'effort' }],
  [/^amazon\.nova-(lite|pro|premier)/, { ...nova, accepts: [...forcible, 'prefill'] }],
  [
    /^anthropic\.claude-3-7/,
    { ...claude, accepts: [...forcible, 'prefill', 'token-counts'], reasoning: 'budget' },
  ],
  [
    /^anthropic\.claude-3/,
    { ...claude, accepts: ['images', 'documents', 'tools', 'tool-choice', 'prefill'], reasoning: 'none' },
  ],
  [
    /^anthropic\.claude-(opus|sonnet)-4-(1-)?2025/,
    { ...claude, accepts: [...forcible, 'prefill', 'token-counts'], reasoning: 'budget' },
  ],
  [
    /^anthropic\.claude-(haiku|sonnet)-4-5/,
    {
      ...claude,
      accepts: [...forcible, 'prefill', 'token-counts'],
      structuredOutput: 'native',
      reasoning: 'budget',
    },
  ],
  [
    /^anthropic\.claude-opus-4-5/,
    { ...claude, accepts: [...forcible, 'prefill'], structuredOutput: 'native', reasoning: 'budget' },
  ],
  [
    /^anthropic\.claude-sonnet-4-6/,
    {
      ...claude,
      accepts: [...forcible, 'token-counts'],
      structuredOutput: 'native',
      reasoning: 'both',
    },
  ],
  [
    /^anthropic\.claude-[a-z]+-4-6/,
    { ...claude, accepts: forcible, structuredOutput: 'native', reasoning: 'both' },
  ],
  [
    /^anthropic\.claude-sonnet-5-5/,
    { ...claude, accepts: media, structuredOutput: 'prompt', reasoning: 'between-tools' },
  ],
  [
    /^anthropic\.claude-(opus-5-5|fable-5-[1-9])/,
    { ...claude, accepts: media, structuredOutput: 'prompt', reasoning: 'always' },
  ],
  [/^anthropic\.claude-/, { ...claude, accepts: forcible, reasoning: 'adaptive' }],
  [
    /^openai\.gpt-oss/,
    { family: 'gpt-oss', accepts: ['tools', 'tool-choice'], structuredOutput: 'native', reasoning: 'effort' },
  ],
  // OpenAI's own models, by its API (model cards of GPT-6).
  [
    /^openai\.gpt-[5-9]/,
    {
      family: 'other',
      accepts: ['images', 'tools', 'tool-choice'],
      structuredOutput: 'native',
      reasoning: 'effort',
    },
  ],
  // It takes tools, but not in streamed answers, as all are here.
  [
    /^meta\.llama/,
    { family: 'llama', accepts: ['documents'], structuredOutput: 'prompt', reasoning: 'none' },
  ],
];

const unknown: ModelAbilities = { family: 'other', accepts: [], structuredOutput: 'none', reasoning: 'none' };

export function abilitiesOf(modelId: string): ModelAbilities {
  return known.find(([pattern]) => pattern.test(modelId))?.[1] ?? unknown;
}

/** Of OpenAI's own models: openai 6, `ResponsesModel` without `ChatModel`, and its guide to search and audio. */
const responsesAlone =
  /^(o\d-pro|gpt-5(\.5)?-pro|gpt-5-codex|gpt-5\.1-codex-max|computer-use-)|-(deep-research|cyber)|rosalind/;
const chatCompletionsAlone = /^gpt-(4o-(mini-)?(search|audio)-|audio)/;

/**
 * The APIs that a model answers, if not all of its provider's. At Bedrock, Responses of gpt-oss are at another endpoint
 * (Bedrock user guide, Responses API).
 */
export function apisOf(modelId: string): CatalogModel['apis'] {
  if (responsesAlone.test(modelId)) return ['responses'];
  if (chatCompletionsAlone.test(modelId) || modelId.startsWith('openai.gpt-oss')) return ['chat-completions'];
  return undefined;
}

const openAi = { family: 'other', structuredOutput: 'native' } as const;
const openAiMedia = ['images', 'documents', 'tools', 'tool-choice'] as const;

/** Models at other providers, by their own ids (OpenAI's list of models). Others are taken for small open models. */
const knownUpstream: readonly [pattern: RegExp, abilities: ModelAbilities][] = [
  [/^(gpt-[5-9]|o[1-9])/, { ...openAi, accepts: openAiMedia, reasoning: 'effort' }],
  [/^(gpt-4|chatgpt-)/, { ...openAi, accepts: openAiMedia, reasoning: 'none' }],
  [/gpt-oss/, { ...openAi, family: 'gpt-oss', accepts: ['tools', 'tool-choice'], reasoning: 'effort' }],
];

const unknownUpstream: ModelAbilities = { ...openAi, accepts: ['tools', 'tool-choice'], reasoning: 'none' };

/** What Claude can is the same at Anthropic, but for counts of tokens: it counts for all of its models. */
export function upstreamAbilitiesOf(modelId: string): ModelAbilities {
  if (modelId.startsWith('claude-')) {
    const { accepts, ...abilities } = abilitiesOf(`anthropic.${modelId}`);
    return { ...abilities, accepts: [...new Set<ModelInput>([...accepts, 'token-counts'])] };
  }
  return knownUpstream.find(([pattern]) => pattern.test(modelId))?.[1] ?? unknownUpstream;
}
