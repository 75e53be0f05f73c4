import { toNestErrors } from '@hookform/resolvers';
import type { FieldErrors, FieldValues, ResolverOptions, ResolverResult } from 'react-hook-form';

interface Schema {
  safeParse(values: unknown): {
    data?: unknown;
    error?: { issues: readonly { code: string; path: PropertyKey[]; message: string }[] };
  };
}

/** Takes the place of the resolver for zod in the build: the first fault of each field. */
export function zodResolver(schema: Schema) {
  return async (
    values: FieldValues,
    _context: unknown,
    options: ResolverOptions<FieldValues>,
  ): Promise<ResolverResult<FieldValues>> => {
    const { data, error } = schema.safeParse(values);
    if (error === undefined) return { values: data as FieldValues, errors: {} };
    const errors: FieldErrors = {};
    for (const { code, path, message } of error.issues) errors[path.join('.')] ??= { type: code, message };
    return { values: {}, errors: toNestErrors(errors, options) };
  };
}
