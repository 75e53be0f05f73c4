import type * as z from 'zod';
import { ApiError } from '../stand-in.ts';

/** @throws ApiError in OpenAI's words, naming the first field that it would refuse */
export function checkBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  if (unknown !== undefined) {
    throw new ApiError(400, 'invalid_request_error', `Unknown parameter: '${unknown}'.`, {
      code: 'unknown_parameter',
      param: unknown,
    });
  }
  const param = issue?.path.join('.') ?? null;
  throw new ApiError(400, 'invalid_request_error', `Invalid value for '${param}': ${issue?.message}`, {
    code: 'invalid_value',
    param,
  });
}

/** Some models answer one of the APIs alone (OpenAI's pages of its models, Bedrock's of gpt-oss). */
const alone = {
  'chat/completions': /search-preview|^gpt-oss/,
  responses: /-pro\b|codex|deep-research/,
};

/** Models of the stand-in, by how OpenAI names its own. */
export function requireModel(model: string, api: keyof typeof alone): void {
  const other = api === 'responses' ? 'chat/completions' : 'responses';
  if (alone[other].test(model)) {
    const text = `This model is only supported in v1/${other} and not in v1/${api}.`;
    throw new ApiError(404, 'invalid_request_error', text, { param: 'model' });
  }
  if (/^(gpt-|o\d|chatgpt-)/.test(model)) return;
  throw new ApiError(
    404,
    'invalid_request_error',
    `The model '${model}' does not exist or you do not have access to it.`,
    {
      code: 'model_not_found',
    },
  );
}
