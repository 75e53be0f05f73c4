import * as z from 'zod';

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
