import * as z from 'zod';

/** CloudFormation takes text for numbers and flags, and custom resources always get text. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** @throws with the field's path when the properties don't fit */
export function readProperties<T>(schema: z.ZodType<T>, properties: Record<string, unknown>): T {
  const parsed = schema.safeParse(properties);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}

/** For a property that would change what the resource does and isn't done here. */
export function refused(why: string) {
  return z
    .unknown()
    .refine((value) => value === undefined, { error: why })
    .optional();
}
