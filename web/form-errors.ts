import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ApiError } from './api-error.ts';
import { describeError } from './describe-error.ts';

/** Puts what the API refused beside the field it names; what names none of them stands above the form. */
export function showRefusal<Form extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Form>,
  fields: readonly Path<Form>[],
): void {
  const field = fields.find((name) => error instanceof ApiError && error.param === name);
  const { message } = describeError(error);
  setError(field ?? 'root', { message }, { shouldFocus: true });
}

/** The schemas say `must not be empty`; beside a field it is a sentence. */
export function sentence(message: string | undefined): string | undefined {
  if (message === undefined || message === '') return undefined;
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
