import { DaypassError } from './errors.ts';

/**
 * A call's signal aborts when the caller has left, or, with this reason, when the time is over that one answer may
 * take.
 */
export function timeIsOver(): DaypassError {
  return new DaypassError(
    'model_timeout',
    'This answer took longer than one call may. Ask for less at a time, and read it as it comes.',
  );
}

export function hasLeft(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && !isOver(signal);
}

export function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.reason instanceof DaypassError;
}

/** Nobody gets this answer; it stands in the log. */
export function callerLeft(cause: unknown): DaypassError {
  return new DaypassError('caller_left', 'The caller left before the answer was whole.', { cause });
}
