import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ApiError } from '../api-error.ts';
import { describeError } from '../describe-error.ts';
import { showRefusal } from '../form-errors.ts';
import { t } from '../language/t.ts';

const toWaitFor = ['too_many_attempts', 'rate_limit_exceeded'];

/** Why a call was refused, or how long to wait. */
export function refusalWords(error: unknown): string {
  const seconds = secondsToWait(error);
  return seconds === undefined
    ? describeError(error).message
    : t('Too many attempts. Try again in {wait}.', { wait: waitWords(seconds) });
}

/** @returns undefined if the call can be retried at once */
export function secondsToWait(error: unknown): number | undefined {
  return error instanceof ApiError && toWaitFor.includes(error.code) ? error.retryAfterSeconds : undefined;
}

/** Like `showRefusal`, with the time to wait. */
export function showAccountRefusal<Form extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Form>,
  fields: readonly Path<Form>[],
): void {
  if (secondsToWait(error) === undefined) showRefusal(error, setError, fields);
  else setError('root', { message: refusalWords(error) });
}

export function waitWords(seconds: number): string {
  if (seconds < 90) return t('{seconds, plural, one {# second} other {# seconds}}', { seconds });
  return t('{minutes, plural, one {# minute} other {# minutes}}', { minutes: Math.ceil(seconds / 60) });
}
