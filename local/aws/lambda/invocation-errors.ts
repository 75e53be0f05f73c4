/** Lambda refuses a call before any function code runs. */
export class LambdaRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** `TooManyRequestsException`, 429: over the reserved concurrency, or too many calls wait. */
export class LambdaThrottled extends LambdaRefusal {
  constructor(
    reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded',
  ) {
    super('TooManyRequestsException', `Rate Exceeded. (${reason})`, 429);
  }
}

export const functionNotFound = (name: string) =>
  new LambdaRefusal('ResourceNotFoundException', `Function not found: ${name}`, 404);

export const hostClosed = () => new LambdaRefusal('ServiceException', 'The Lambda host is closing.', 500);

export const eventTooLarge = (bytes: number) =>
  new LambdaRefusal(
    'RequestEntityTooLargeException',
    `${bytes} byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)`,
    413,
  );

/**
 * The function failed: what `invokeStreaming` rejects with before the first byte, and what its `body` errors
 * with after it. `payload` is Lambda's error object as JSON text.
 */
export class LambdaFunctionError extends Error {
  readonly payload: string;
  readonly functionError = 'Unhandled';

  constructor(payload: string) {
    super('The function failed.');
    this.name = 'LambdaFunctionError';
    this.payload = payload;
  }
}

export const timedOut = (requestId: string, seconds: number) =>
  JSON.stringify({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  });

/** @param exitCode undefined when the environment was killed */
export function runtimeExited(requestId: string, exitCode: number | undefined): string {
  const reason =
    exitCode === undefined
      ? 'Runtime exited with error: signal: killed'
      : exitCode === 0
        ? 'Runtime exited without providing a reason'
        : `Runtime exited with error: exit status ${exitCode}`;
  return JSON.stringify({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: ${reason}`,
  });
}

const maximumPayloadBytes = 6_291_556;

/** Lambda's answer in place of a result it will not carry; undefined when the result fits. */
export function tooLargeResponse(payload: string): string | undefined {
  if (payload.length <= maximumPayloadBytes && Buffer.byteLength(payload) <= maximumPayloadBytes)
    return undefined;
  return JSON.stringify({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${maximumPayloadBytes} bytes).`,
  });
}
