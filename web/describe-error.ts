import { ApiError } from './api-error.ts';

export interface DescribedError {
  /** For people. */
  message: string;
  requestId: string | undefined;
  isNetwork: boolean;
}

/** Describes anything thrown; an unexpected error shows no details. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof ApiError)) {
    return {
      message: 'Something went wrong on this page. Reload it and try again.',
      requestId: undefined,
      isNetwork: false,
    };
  }
  const isNetwork = error.kind === 'network';
  if (isNetwork && !navigator.onLine) {
    return {
      message: 'This device is offline. Try again when you are back online.',
      requestId: undefined,
      isNetwork,
    };
  }
  return { message: withWait(error), requestId: error.requestId, isNetwork };
}

/** Replaces the message's "in a moment" by the time in the answer's header. */
function withWait({ message, kind, retryAfterSeconds: seconds }: ApiError): string {
  if (seconds === undefined || kind !== 'server') return message;
  const words = message.replace(/ Try again in a moment\.$/, '');
  return `${words} Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}
