import * as z from 'zod';
import type { ModelFamily, ModelInput, Reasoning, StructuredOutput } from '../core/catalog.ts';
import { modelPrices, price } from './model-prices.ts';

export const positive = z.int('must be a whole number').min(1, 'must be at least 1');

const families = choice<ModelFamily>({ nova: 0, claude: 0, 'gpt-oss': 0, llama: 0, other: 0 });
const inputs = choice<ModelInput>({
  images: 0,
  documents: 0,
  tools: 0,
  'tool-choice': 0,
  'cache-points': 0,
  prefill: 0,
  'token-counts': 0,
});
const structuredOutputs = choice<StructuredOutput>({ native: 0, tool: 0, prompt: 0, none: 0 });
const reasonings = choice<Reasoning>({
  budget: 0,
  adaptive: 0,
  'between-tools': 0,
  always: 0,
  both: 0,
  effort: 0,
  none: 0,
});

/** One of a type's names. It only compiles if all of them are listed. */
function choice<Name extends string>(names: Record<Name, 0>) {
  const list = Object.keys(names) as Name[];
  return z.enum(list, `must be one of ${list.map((name) => `'${name}'`).join(', ')}`);
}

export const bedrockModelId = /^[a-z0-9-]+\.[a-z0-9.:-]+$/;

export const notABedrockModel = 'must be a Bedrock model id such as amazon.nova-lite-v1:0';

/** Names of every model, ours and Bedrock's. */
const naming = {
  released: z.iso.date('must be a date such as 2026-02-17').default('2025-01-01'),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, 'must be lower-case letters, digits, dots and hyphens, at most 63'),
  modelId: z.string().regex(bedrockModelId, notABedrockModel),
  inferenceProfile: z
    .string()
    .regex(
      /^(global|us|us-gov|eu|apac|jp|au|ca)\..+$/,
      'must begin with global., us., eu., apac., jp., au. or ca.',
    )
    .optional(),
  inferenceRegions: z
    .array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS Region such as us-east-1'))
    .min(1, 'must name at least one Region')
    .optional(),
};

const upstreamModelId = z.string().regex(/^[\w.:/@-]{1,200}$/, 'must be a model id, as its provider has it');

/** One model that callers can chat with. */
export const model = z.strictObject({
  ...naming,
  /** Those of Bedrock have rules of their own: see settings-names.ts. */
  modelId: upstreamModelId,
  provider: z.string(),
  contextTokens: positive,
  maxOutputTokens: positive,
  sampling: z.enum(['both', 'one', 'none'], "must be one of 'both', 'one' and 'none'").default('both'),
  stopSequences: z.boolean('must be true or false').default(true),
  pricePerMillionTokens: modelPrices,
  longContext: z.strictObject({ above: positive, pricePerMillionTokens: modelPrices }).optional(),
  family: families.optional(),
  accepts: z.array(inputs).optional(),
  structuredOutput: structuredOutputs.optional(),
  reasoning: reasonings.optional(),
  apis: z
    .array(z.enum(['chat-completions', 'responses'], "must be 'chat-completions' or 'responses'"))
    .min(1, 'must name at least one API')
    .optional(),
  fallbacks: z.array(z.string()).default([]),
});

/** Bedrock's, each family of which has a format of its own. */
export const bedrockEmbeddingId = /^(amazon\.titan-embed-text-v2|cohere\.embed-)/;

/** One model that turns texts into vectors. */
export const embeddingModel = z.strictObject({
  ...naming,
  /** Those of Bedrock have rules of their own: see settings-names.ts. */
  modelId: upstreamModelId,
  provider: z.string().default('bedrock'),
  contextTokens: positive.optional(),
  dimensions: z.array(positive).default([]),
  pricePerMillionTokens: z.strictObject({ input: price }),
});
