import * as z from 'zod';

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
