import { ApiError } from '../../api-error.ts';

/** Whether the same call may succeed later: nothing is wrong with the request itself. */
export function isWorthRetrying(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    (error.kind === 'network' || error.kind === 'server' || error.retryAfterSeconds !== undefined)
  );
}
