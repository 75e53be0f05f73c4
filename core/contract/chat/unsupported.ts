import * as z from 'zod';

/**
 * A field that clients know and that can't be honoured. Only values that ask for nothing are accepted; all others are
 * refused by name (`unsupported_parameter`).
 *
 * @param reason what follows the field's name: `is not supported: …`
 */
export function onlyNeutral<T extends z.ZodType>(neutral: T, reason = 'no model here honours it') {
  return z.union([z.null(), neutral], { error: `is not supported: ${reason}` }).optional();
}

/** A field of which no value can be honoured. */
export function neverTaken(reason?: string) {
  return onlyNeutral(z.null(), reason);
}

/** What OpenAI's SDK adds to answers that it has parsed, and callers send back. It is not read. */
export const leftByHelpers = z.unknown().optional().describe('Added by the SDK’s parsing helpers; ignored');
