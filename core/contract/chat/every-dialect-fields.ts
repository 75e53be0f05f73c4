import * as z from 'zod';

export const modelName = z
  .string()
  .min(1, 'must not be empty')
  .max(200)
  .describe('The name of a model, from `GET /v1/models`');

/**
 * Names a field's class in its JSON Schema. Fields without it are honoured.
 * - `hint`: accepted without effect, since it can't change what the answer may be. Answers name it in a header.
 * - `echo`: part of an earlier answer, which clients send back. It is not read.
 * - `neutral`: only values that ask for nothing are accepted; all others are refused by name.
 * - `refused`: no value but null is accepted.
 */
export const fieldClass = 'x-daypass-field';

/**
 * A field that can't change what the answer may be, such as a wish for a cache. Its value is left out on parsing, so that
 * nothing can depend on it, and `ignoredFields` finds its name.
 *
 * @param reason why it has no effect
 * @param granted values that ask for what happens anyway; they are kept, and so not named
 */
export function hint<T extends z.ZodType, const Granted = never>(
  schema: T,
  reason: string,
  granted: readonly Granted[] = [],
) {
  return schema
    .nullish()
    .transform((value) => granted.find((one) => one === value))
    .optional()
    .meta({ description: `Accepted without effect: ${reason}`, [fieldClass]: 'hint' });
}

/** A part of earlier answers, ours or another server's, which clients send back. It is not read. */
export const echo = z
  .unknown()
  .optional()
  .meta({ description: 'Part of earlier answers; not read', [fieldClass]: 'echo' });

/**
 * A field that clients know and that can't be honoured. Only values that ask for nothing are accepted; all others are
 * refused by name (`unsupported_parameter`).
 *
 * @param reason what follows the field's name: `is not supported: …`
 */
export function onlyNeutral<T extends z.ZodType>(neutral: T, reason = 'no model here honours it') {
  return z
    .union([z.null(), neutral], { error: `is not supported: ${reason}` })
    .optional()
    .meta({
      description: `Not supported: ${reason}. Only values that change nothing are accepted`,
      [fieldClass]: 'neutral',
    });
}

/** A field of which no value can be honoured. */
export function neverTaken(reason = 'no model here honours it') {
  return onlyNeutral(z.null(), reason).meta({
    description: `Not supported: ${reason}`,
    [fieldClass]: 'refused',
  });
}

/** Anthropic's, which clients of other APIs send too. */
export const cacheControl = z
  .strictObject({ type: z.literal('ephemeral', "must be 'ephemeral'"), ttl: z.enum(['5m', '1h']).nullish() })
  .nullish()
  .describe('Sets a cache point after this block. It lasts 5 minutes; on Claude, an hour with `ttl: 1h`');
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
