import * as z from 'zod';
import { hint } from './unhonoured-fields.ts';

export const modelName = z
  .string()
  .min(1, 'must not be empty')
  .max(200)
  .describe('The name of a model, from `GET /v1/models`');

const cacheTime = z.enum(['5m', '1h']).nullish().describe('How long the cache is kept; default `5m`');

/** Anthropic's, which clients of other APIs send too. */
export const cacheControl = z
  .strictObject({ type: z.literal('ephemeral', "must be 'ephemeral'"), ttl: cacheTime })
  .nullish()
  .describe('Sets a cache point after this block. It lasts 5 minutes; on Claude, an hour with `ttl: 1h`')
  .meta({ title: 'CacheControl' });
export type CacheControl = z.infer<typeof cacheControl>;

/** Every tool is offered to the model at once. */
export const deferLoading = hint(z.boolean(), 'every tool is offered at once', [false]);

/** Names that Bedrock accepts (API reference, `ToolSpecification`). */
export const toolName = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores and hyphens')
  .describe('1 to 64 letters, digits, underscores and hyphens');

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object, unchanged: zod's own record leaves out a member named `__proto__`. */
export const jsonObject = z
  .custom<Record<string, unknown>>(isObject, 'must be an object')
  .meta({ type: 'object', additionalProperties: {} });

export const emptyObject = z
  .custom<Record<string, never>>((value) => isObject(value) && Object.keys(value).length === 0)
  .meta({ type: 'object', maxProperties: 0 });

export const jsonSchema = jsonObject.describe('A JSON Schema');

/** Zod's records and AWS's clients leave out a member named `__proto__`. */
const everyEntry = jsonObject.refine(
  (entries) => !Object.hasOwn(entries, '__proto__'),
  "must not hold an entry named '__proto__'",
);

/** As many entries as OpenAI takes. */
export const requestMetadata = everyEntry.pipe(
  z
    .record(z.string(), z.string('must be a string'))
    .refine((entries) => Object.keys(entries).length <= 16, 'must hold at most 16 entries'),
);

/** Means the same to every dialect. */
export const samplingFields = {
  top_p: z
    .number()
    .min(0)
    .max(1)
    .nullish()
    .describe('Nucleus sampling: the share of likeliest tokens to choose from; default the model’s own'),
  top_k: z
    .int('must be a whole number')
    .min(0)
    .nullish()
    .describe('How many of the likeliest tokens to choose from; only Claude and Nova take it'),
};
