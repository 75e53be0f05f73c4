import { z } from 'zod';
import { badRequest } from '../errors.ts';

/** Reads the members an operation knows; others are ignored, as the protocol does. @throws BadRequestException */
export function readBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`Invalid request input: ${issue?.path.join('.')}: ${issue?.message}`);
}

export const tags = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .refine((map) => Object.keys(map).length <= 50, 'at most 50 tags')
  .refine(
    (map) => Object.keys(map).every((key) => !key.startsWith('aws:')),
    "tag keys must not start with 'aws:'",
  );
