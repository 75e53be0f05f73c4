import type * as z from 'zod';

/** What is wrong with a setting, and where. */
export function mistake(path: PropertyKey[], input: unknown, message: string): z.core.$ZodIssue {
  return { code: 'custom', path, input, message };
}
