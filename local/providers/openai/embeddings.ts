import * as z from 'zod';
import { directionOf } from '../../aws/bedrock/embeddings/direction.ts';
import { countTokens } from '../compose-answer.ts';
import { type ApiAnswer, ApiError } from '../stand-in.ts';
import { checkBody } from './check-body.ts';

const tokens = z.array(z.int().min(0)).min(1);
const text = z.string().min(1);

/** The fields of the API reference. */
const embeddingBody = z.strictObject({
  model: z.string(),
  input: z.union([text, z.array(text).min(1).max(2048), tokens, z.array(tokens).min(1).max(2048)]),
  dimensions: z.int().min(1).optional(),
  encoding_format: z.enum(['float', 'base64']).optional(),
  user: z.string().optional(),
});

/** The longest vectors of each model; `text-embedding-3` gives shorter ones too. */
const lengths = new Map([
  ['text-embedding-3-small', 1536],
  ['text-embedding-3-large', 3072],
  ['text-embedding-ada-002', 1536],
]);
const mostTokens = 8192;

/** `POST /v1/embeddings` */
export function embeddings(sent: unknown): ApiAnswer {
  const { model, input, dimensions, encoding_format: encoding } = checkBody(embeddingBody, sent);
  const longest = lengths.get(model);
  if (longest === undefined) {
    throw new ApiError(404, 'invalid_request_error', `The model '${model}' does not exist.`, {
      code: 'model_not_found',
    });
  }
  if (dimensions !== undefined && (model.endsWith('002') || dimensions > longest)) {
    throw new ApiError(400, 'invalid_request_error', 'This model does not support specifying dimensions.', {
      param: 'dimensions',
    });
  }
  const inputs = typeof input === 'string' || typeof input[0] === 'number' ? [input] : input;
  const counts = inputs.map((one) => (typeof one === 'string' ? countTokens(one) : (one as number[]).length));
  const tooLong = counts.find((count) => count > mostTokens);
  if (tooLong !== undefined) {
    throw new ApiError(
      400,
      'invalid_request_error',
      `This model's maximum context length is ${mostTokens} tokens, however you requested ${tooLong} tokens.`,
    );
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    json: {
      object: 'list',
      data: inputs.map((one, index) => {
        const vector = directionOf(typeof one === 'string' ? one : String(one), dimensions ?? longest);
        return { object: 'embedding', index, embedding: encoding === 'base64' ? toBase64(vector) : vector };
      }),
      model,
      usage: { prompt_tokens: total, total_tokens: total },
    },
  };
}

function toBase64(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString('base64');
}
