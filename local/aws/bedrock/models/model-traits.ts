import type { ToolChoice } from '../request/content.ts';
import { bareModelId, type ModelFamily, modelFamily } from './model-family.ts';

/** What a model takes; docs/bedrock-stand-in.md has the table and its sources. */
export interface ModelTraits {
  family: ModelFamily;
  system: boolean;
  /** `whole`: not with ConverseStream. */
  tools: 'none' | 'whole' | 'streamed';
  toolChoices: readonly ToolChoice['kind'][];
  /** Whether a turn may hold tool blocks beside others. */
  mixesToolBlocks: boolean;
  /** Whether a tool result may have a status. */
  toolStatus: boolean;
  images: boolean;
  documents: boolean;
  stopSequences: boolean;
  /** `one`: temperature or topP. */
  sampling: 'both' | 'one' | 'none';
  /** `always`: adaptive, and it can't be turned off; `between-tools`: but for what comes between tools. */
  thinking: 'none' | 'budget' | 'both' | 'adaptive' | 'between-tools' | 'always';
  /** Whether a conversation may end with the start of the answer. */
  prefill: boolean;
  outputSchema: boolean;
  /** Whether a tool's input can be held to its schema. */
  strictTools: boolean;
  /** The most that can be asked for; undefined: no limit is known. */
  maxOutputTokens: number | undefined;
  /** The longest prompt; undefined: no limit is known. */
  contextTokens: number | undefined;
  cache: { places: readonly ('system' | 'messages' | 'tools')[]; minTokens: number } | undefined;
  /** Whether its own id can be called, not only an inference profile. */
  onDemand: boolean;
  countTokens: boolean;
}

/** For unknown ids: nothing is refused. */
const unknown: ModelTraits = {
  family: 'other',
  system: true,
  tools: 'streamed',
  toolChoices: ['auto', 'any', 'tool'],
  mixesToolBlocks: true,
  toolStatus: true,
  images: true,
  documents: true,
  stopSequences: true,
  sampling: 'both',
  thinking: 'both',
  prefill: true,
  outputSchema: true,
  strictTools: true,
  maxOutputTokens: undefined,
  contextTokens: undefined,
  cache: { places: ['system', 'messages', 'tools'], minTokens: 1024 },
  onDemand: true,
  countTokens: false,
};

/** A text model that takes tools with Converse alone, as most do. */
const plain: Partial<ModelTraits> = {
  toolChoices: ['auto'],
  mixesToolBlocks: false,
  toolStatus: false,
  images: false,
  thinking: 'none',
  outputSchema: false,
  cache: undefined,
};

const cacheOf = (minTokens: number) => ({ places: ['system', 'messages', 'tools'] as const, minTokens });

/** Every matching line adds to those above it. */
const lines: readonly [model: RegExp, traits: Partial<ModelTraits>][] = [
  [
    /^anthropic\.claude-/,
    {
      thinking: 'none',
      outputSchema: false,
      strictTools: false,
      countTokens: false,
      contextTokens: 200_000,
      cache: cacheOf(1024),
    },
  ],
  [/^anthropic\.claude-(v2|instant)/, { tools: 'none', images: false, cache: undefined }],
  [/^anthropic\.claude-(v2(:0)?$|instant)/, { contextTokens: 100_000 }],
  [/^anthropic\.claude-3-(opus|sonnet|haiku)/, { cache: undefined, maxOutputTokens: 4096 }],
  [/^anthropic\.claude-3-[57]-/, { countTokens: true, maxOutputTokens: 8192 }],
  [/^anthropic\.claude-3-5-haiku/, { cache: cacheOf(2048) }],
  [/^anthropic\.claude-3-7-/, { thinking: 'budget', onDemand: false, maxOutputTokens: 131_072 }],
  [/^anthropic\.claude-[a-z]+-\d/, { thinking: 'budget', onDemand: false, maxOutputTokens: 64_000 }],
  [/^anthropic\.claude-(opus|sonnet)-4-2025/, { countTokens: true }],
  [/^anthropic\.claude-opus-4-(1-)?2025/, { maxOutputTokens: 32_000 }],
  [/^anthropic\.claude-(haiku|sonnet|opus)-4-5-/, { sampling: 'one', outputSchema: true, strictTools: true }],
  [/^anthropic\.claude-(haiku|sonnet)-4-5-/, { countTokens: true }],
  [/^anthropic\.claude-(haiku|opus)-4-5-/, { cache: cacheOf(4096) }],
  [
    /^anthropic\.claude-[a-z]+-(4-[6-9]|[5-9])/,
    {
      sampling: 'one',
      outputSchema: true,
      strictTools: true,
      thinking: 'both',
      prefill: false,
      maxOutputTokens: 128_000,
      contextTokens: 1_000_000,
    },
  ],
  [/^anthropic\.claude-sonnet-4-6/, { countTokens: true }],
  [
    /^anthropic\.claude-[a-z]+-(4-[7-9]|[5-9])/,
    { sampling: 'none', outputSchema: false, strictTools: false, thinking: 'adaptive' },
  ],
  [/^anthropic\.claude-((opus|sonnet)-5-5|fable-5-[1-9])/, { thinking: 'always', toolChoices: ['auto'] }],
  [/^anthropic\.claude-sonnet-5-5/, { thinking: 'between-tools' }],
  [
    /^amazon\.nova-/,
    {
      thinking: 'none',
      outputSchema: false,
      maxOutputTokens: 10_000,
      contextTokens: 300_000,
      cache: { places: ['system', 'messages'], minTokens: 1000 },
    },
  ],
  [/^amazon\.nova-micro/, { images: false, documents: false, contextTokens: 128_000 }],
  [/^amazon\.nova-premier/, { contextTokens: 1_000_000 }],
  [/^amazon\.nova-(premier|2)/, { onDemand: false }],
  [/^amazon\.nova-2/, { maxOutputTokens: 65_535, contextTokens: 1_000_000 }],
  [/^amazon\.titan-/, { ...plain, system: false, tools: 'none' }],
  [
    /^openai\.gpt-oss-/,
    {
      images: false,
      documents: false,
      stopSequences: false,
      thinking: 'none',
      toolStatus: false,
      contextTokens: 131_072,
      cache: undefined,
    },
  ],
  [/^meta\.llama/, { ...plain, tools: 'none' }],
  [/^meta\.llama(3-[123]|4)/, { onDemand: false }],
  [/^meta\.llama(3-1|3-2-(11|90)b|3-3|4)/, { tools: 'whole' }],
  [/^meta\.llama3-[123]/, { contextTokens: 131_072 }],
  [/^meta\.llama(3-2-(11|90)b|4)/, { images: true }],
  [/^mistral\./, { ...plain, tools: 'none', system: false }],
  [/^mistral\.(mistral-(large|small)|pixtral)/, { tools: 'streamed', system: true }],
  [/^mistral\.mistral-large/, { toolChoices: ['auto', 'any'] }],
  [/^mistral\.(pixtral|mistral-small)/, { images: true }],
  [/^deepseek\./, { ...plain, tools: 'whole' }],
  [/^deepseek\.r1/, { onDemand: false, tools: 'none' }],
  [/^qwen\./, { ...plain, tools: 'streamed', mixesToolBlocks: true, stopSequences: false }],
  [/^cohere\.command-r/, { ...plain, tools: 'streamed' }],
  [/^ai21\.jamba-1-5/, { ...plain, tools: 'streamed' }],
];

export function modelTraits(modelId: string): ModelTraits {
  const id = bareModelId(modelId);
  const fitting = lines.filter(([model]) => model.test(id)).map(([, traits]) => traits);
  return Object.assign({ ...unknown, family: modelFamily(modelId) }, ...fitting);
}
