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
  return { message: withWait(error), requestId: error.requestId, isNetwork };
}

/** The time that the answer's header tells, in place of the moment that its words speak of. */
function withWait({ message, kind, retryAfterSeconds: seconds }: ApiError): string {
  if (seconds === undefined || kind !== 'server') return message;
  const words = message.replace(/ Try again in a moment\.$/, '');
  return `${words} Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}
