import * as z from 'zod';

export const modelName = z
  .string()
  .min(1, 'must not be empty')
  .max(200)
  .describe('The name of a model, from `GET /v1/models`');

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
    .describe(`Not supported: ${reason}. Only values that change nothing are accepted`);
}

/** A field of which no value can be honoured. */
export function neverTaken(reason = 'no model here honours it') {
  return onlyNeutral(z.null(), reason).describe(`Not supported: ${reason}`);
}

/** What OpenAI's SDK adds to answers that it has parsed, and callers send back. It is not read. */
export const leftByHelpers = z.unknown().optional().describe('Added by the SDK’s parsing helpers; ignored');

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

/** What Bedrock accepts as metadata of a request (API reference, `requestMetadata`). */
const characters = /^[a-zA-Z0-9\s:_@$#=/+,.-]{0,256}$/;
const wrong = 'must hold at most 256 letters, digits, spaces and : _ @ $ # = / + , . -';

export const metadataValue = z
  .string()
  .regex(characters, wrong)
  .describe('Recorded in Bedrock’s invocation logs, if the operator keeps them');

const metadataName = z.string().min(1, 'must not be empty').regex(characters, wrong);

/** Zod's records and AWS's clients leave out a member named `__proto__`. */
const everyEntry = jsonObject.refine(
  (entries) => !Object.hasOwn(entries, '__proto__'),
  "must not hold an entry named '__proto__'",
);

/** `user` and `safety_identifier` become entries of their own. */
export const requestMetadata = everyEntry.pipe(
  z
    .record(metadataName, metadataValue)
    .refine((entries) => Object.keys(entries).length <= 14, 'must hold at most 14 entries'),
);
