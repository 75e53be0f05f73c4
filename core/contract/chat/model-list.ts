import * as z from 'zod';

/** OpenAI's fields, which its clients read, and our own, which they ignore. */
const openaiFields = {
  id: z.string().describe('The model’s name, as requests take it'),
  object: z.literal('model'),
  created: z.int().describe('When the model was released, in seconds since 1970'),
  owned_by: z.string().describe('Who made the model'),
};
const price = z.number().min(0);
const prices = z
  .strictObject({
    input: price,
    output: price,
    cached_input: price.describe('Input read from the prompt cache'),
    cache_write: price.describe('Input written to the prompt cache, for 5 minutes'),
    cache_write_hour: price.describe('Input written to the prompt cache, for an hour'),
  })
  .describe('Prices of a million tokens');

const chatModel = z.strictObject({
  ...openaiFields,
  kind: z.literal('chat'),
  context_window: z.int().describe('Tokens that the longest prompt may have'),
  max_output_tokens: z.int().describe('Tokens that the longest answer may have'),
  accepts: z.array(z.string()).describe('What a request may contain besides text'),
  sampling: z
    .enum(['both', 'one', 'none'])
    .describe('Whether it takes `temperature` and `top_p`: both, one of them in a call, or neither'),
  stop_sequences: z.boolean().describe('Whether it takes `stop`'),
  structured_output: z
    .enum(['native', 'tool', 'prompt', 'none'])
    .describe(
      'How it is held to a JSON schema: by output of its own kind, by a tool’s input, by an instruction, or not at all',
    ),
  reasoning_effort: z.boolean().describe('Whether it reasons, with an effort that `reasoning_effort` sets'),
  pricing: z.strictObject({
    currency: z.literal('USD'),
    per_million_tokens: prices,
    long_context: z
      .strictObject({ above: z.int(), per_million_tokens: prices })
      .nullable()
      .describe(
        'Prices of the whole call once its prompt has more than `above` tokens; null: none of its own',
      ),
    service_tiers: z
      .record(z.string(), z.number())
      .describe('The tiers on offer, each with the factor by which it multiplies the price'),
  }),
});

const embeddingModel = z.strictObject({
  ...openaiFields,
  kind: z.literal('embedding'),
  context_window: z.int().nullable().describe('Tokens that the longest text may have; null: unknown'),
  dimensions: z.array(z.int()).describe('The lengths of vector that a request may choose'),
  pricing: z.strictObject({
    currency: z.literal('USD'),
    per_million_tokens: z.strictObject({ input: price }),
  }),
});

export const modelAnswer = z.discriminatedUnion('kind', [chatModel, embeddingModel]).meta({ title: 'Model' });
export const modelList = z.strictObject({ object: z.literal('list'), data: z.array(modelAnswer) });

export const anthropicModel = z
  .strictObject({
    type: z.literal('model'),
    id: z.string().describe('The model’s name, as requests take it'),
    display_name: z.string(),
    created_at: z.iso.datetime().describe('When the model was released'),
    max_input_tokens: z.int().describe('Tokens that the longest prompt may have'),
    max_tokens: z.int().describe('Tokens that the longest answer may have'),
    capabilities: z.null(),
    lifecycle: z.literal('active'),
    line: z.null(),
    deprecated_at: z.null(),
    retires_at: z.null(),
  })
  .meta({ title: 'AnthropicModel' });
export const anthropicModelList = z.strictObject({
  data: z.array(anthropicModel).describe('Every chat model, on one page'),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  has_more: z.literal(false),
});

/** Anthropic's clients send it with every call. */
export const anthropicVersion = {
  'anthropic-version': {
    description: 'With any value: the answer has the shape of Anthropic’s API, and holds chat models only',
    required: false,
    schema: z.string(),
  },
};
