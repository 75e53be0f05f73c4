import * as z from 'zod';

/** OpenAI's fields, which its clients read, and our own, which they ignore. */
const openaiFields = {
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
};
const price = z.number().min(0);
const prices = z.strictObject({
  input: price,
  output: price,
  cached_input: price,
  cache_write: price,
  cache_write_hour: price,
});

const chatModel = z.strictObject({
  ...openaiFields,
  kind: z.literal('chat'),
  context_window: z.int().describe('Tokens of the longest prompt'),
  max_output_tokens: z.int(),
  accepts: z.array(z.string()).describe('What a request may contain besides text'),
  pricing: z.strictObject({
    currency: z.literal('USD'),
    per_million_tokens: prices,
    long_context: z
      .strictObject({ above: z.int(), per_million_tokens: prices })
      .nullable()
      .describe('What a call costs as a whole once its prompt has more tokens than `above`'),
    service_tiers: z
      .record(z.string(), z.number())
      .describe('Those on offer, with the factor by which each multiplies the price'),
  }),
});

const embeddingModel = z.strictObject({
  ...openaiFields,
  kind: z.literal('embedding'),
  context_window: z.int().nullable().describe('Tokens of the longest text, where it is known'),
  dimensions: z.array(z.int()),
  pricing: z.strictObject({
    currency: z.literal('USD'),
    per_million_tokens: z.strictObject({ input: price }),
  }),
});

export const modelAnswer = z.discriminatedUnion('kind', [chatModel, embeddingModel]).meta({ title: 'Model' });
export const modelList = z.strictObject({ object: z.literal('list'), data: z.array(modelAnswer) });
