import * as z from 'zod';

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
