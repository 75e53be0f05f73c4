import { ApiError } from './api-error.ts';

export interface DescribedError {
  /** For people. */
  message: string;
  requestId: string | undefined;
  isNetwork: boolean;
}

/** Words for whatever was thrown; an unexpected error shows nothing of itself. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof ApiError)) {
    return {
      message: 'Something went wrong in this page. Reload it and try again.',
      requestId: undefined,
      isNetwork: false,
    };
  }
  const isNetwork = error.kind === 'network';
  if (isNetwork && !navigator.onLine) {
    return {
      message: 'This device is offline. Try again when the connection is back.',
      requestId: undefined,
      isNetwork,
    };
  }
  const wait = error.retryAfterSeconds;
  const hint = wait !== undefined && error.kind === 'server' ? ` Try again in ${wait} seconds.` : '';
  return { message: error.message + hint, requestId: error.requestId, isNetwork };
}
