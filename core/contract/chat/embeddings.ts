import * as z from 'zod';
import { modelName } from './every-dialect-fields.ts';
import { hint } from './unhonoured-fields.ts';

/** How many texts a call may embed. Models take fewer at once, so long lists go in several calls. */
export const maxEmbeddingInputs = 512;

const text = z
  .string('must be a string')
  .min(1, 'must not be empty')
  .max(400_000, 'must have at most 400000 characters');

/** Of one text. No model reads more. */
const tokens = z
  .array(z.int('must be a token: a whole number').min(0, 'must be a token: a whole number'))
  .min(1, 'must not be empty')
  .max(131_072, 'must have at most 131072 tokens');

const someOf = <T extends z.ZodType>(input: T) =>
  z
    .array(input)
    .min(1, 'must hold at least one text')
    .max(maxEmbeddingInputs, `must hold at most ${maxEmbeddingInputs} texts`);

/** The fields of OpenAI's Embeddings request that are accepted. All others are refused by name. */
export const embeddingBody = z.strictObject({
  model: modelName,
  input: z
    .union([text, someOf(text), tokens, someOf(tokens)], {
      error: 'must be a string that is not empty, or a list of such strings',
    })
    .describe(
      'A text, or a list of them; each gets a vector. Models at OpenAI-compatible providers also take the tokens of a text, or a list of such lists',
    ),
  dimensions: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .nullish()
    .describe('The length of a vector, one of the model’s `dimensions`; default the model’s own'),
  encoding_format: z
    .enum(['float', 'base64'], { error: "must be 'float' or 'base64'" })
    .nullish()
    .describe('How vectors are written; default `float`'),
  user: hint(z.string(), 'it is not passed on to the model'),
});
export type EmbeddingBody = z.infer<typeof embeddingBody>;

export const embeddingList = z
  .strictObject({
    object: z.literal('list'),
    data: z.array(
      z.strictObject({
        object: z.literal('embedding'),
        index: z.int().describe('The text’s place in `input`, from 0'),
        embedding: z
          .union([z.array(z.number()), z.string()])
          .describe('The vector: numbers, or 32-bit little-endian floats in base64'),
      }),
    ),
    model: z.string(),
    usage: z.strictObject({ prompt_tokens: z.int(), total_tokens: z.int() }),
  })
  .meta({ title: 'EmbeddingList' });
