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

/** Models of the stand-in, by how OpenAI names its own. */
export function requireModel(model: string): void {
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
