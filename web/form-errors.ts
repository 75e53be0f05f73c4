import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ApiError } from './api-error.ts';
import { describeError } from './describe-error.ts';
import { fieldFaultWords } from './field-fault-words.ts';

/** Shows a refusal beside the field that it names, or above the form if it names none of them. */
export function showRefusal<Form extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Form>,
  fields: readonly Path<Form>[],
): void {
  const field = fields.find((name) => error instanceof ApiError && error.param === name);
  const { message } = describeError(error);
  setError(field ?? 'root', { message }, { shouldFocus: true });
}

/** Turns a schema's `must not be empty` into a sentence. */
export function sentence(message: string | undefined): string | undefined {
  if (message === undefined || message === '') return undefined;
  const words = fieldFaultWords(message);
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
