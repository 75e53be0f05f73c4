import { ApiError } from '../../api-error.ts';

/** Whether the same call may go through in a while: nothing is wrong with what was asked. */
export function isWorthRetrying(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.kind === 'network' || error.kind === 'server' || error.retryAfterSeconds !== undefined)
  );
}
