import * as z from 'zod';

/** Names as Bedrock takes them (API reference, `ToolSpecification`). */
export const toolName = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores and hyphens');

export const jsonSchema = z.record(z.string(), z.unknown()).describe('JSON Schema');
