import * as z from 'zod';
import { modelName } from './every-dialect-fields.ts';
import { hint } from './unhonoured-fields.ts';

/** How many texts a call may embed. Cohere's models take 96 at once, so longer lists go in several calls. */
export const maxEmbeddingInputs = 512;

const wayOut =
  'lists of tokens are not taken, because models here have tokenizers of their own. Make your client send texts (LangChain: check_embedding_ctx_length=False)';

/** Only the first of a list says the way out. */
const text = z
  .string({ error: ({ path }) => `must be a string${path?.at(-1) === 0 ? `: ${wayOut}` : ''}` })
  .min(1, 'must not be empty')
  .max(400_000, 'must have at most 400000 characters');

/** The fields of OpenAI's Embeddings request that are accepted. All others are refused by name. */
export const embeddingBody = z.strictObject({
  model: modelName,
  input: z
    .union(
      [
        text,
        z
          .array(text)
          .min(1, 'must hold at least one text')
          .max(maxEmbeddingInputs, `must hold at most ${maxEmbeddingInputs} texts`),
      ],
      { error: 'must be a string that is not empty, or a list of such strings' },
    )
    .describe('A text, or a list of them; each gets a vector'),
  dimensions: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .nullish()
    .describe('The length of a vector, one of the model’s `dimensions`; default the model’s own'),
  encoding_format: z
    .enum(['float', 'base64'], { error: "must be 'float' or 'base64'" })
    .nullish()
    .describe('How vectors are written; default `float`'),
  user: hint(z.string(), 'Bedrock’s embeddings take no metadata'),
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
