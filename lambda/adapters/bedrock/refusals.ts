import { DaypassError } from '../../../core/errors.ts';
import { isNetworkFailure } from '../../call-time.ts';

type Refusal = ConstructorParameters<typeof DaypassError>;

const overloaded: Refusal = ['model_overloaded', 'The model is overloaded right now. Try again shortly.'];
const tookTooLong: Refusal = ['model_timeout', 'The model took too long. Try again, or ask for less.'];
const noAccess: Refusal = [
  'model_failed',
  'This deployment has no access to the model yet. Tell its operator, or choose another model.',
];
const failed: Refusal = ['model_failed', 'The model failed on this request. Try again.'];

/** By the names of Bedrock's exceptions, both those of whole answers and those within a stream (API reference). */
const refusals: Record<string, Refusal> = {
  ThrottlingException: overloaded,
  ModelNotReadyException: overloaded,
  ServiceUnavailableException: overloaded,
  ServiceQuotaExceededException: overloaded,
  ModelTimeoutException: tookTooLong,
  ModelErrorException: failed,
  ModelStreamErrorException: failed,
  InternalServerException: failed,
  AccessDeniedException: noAccess,
  ResourceNotFoundException: noAccess,
  TimeoutError: tookTooLong,
};

/** How models say that a prompt is longer than their context; docs/bedrock-stand-in.md has the sources. */
const tooLong =
  /input is too long|prompt is too long|maximum context length|exceed context limit|too many (input|total text)/i;

/** How long a caller should wait; Bedrock names no time. */
const overloadWaitSeconds = 5;

/**
 * There was no connection, or it broke before the answer began. The SDK's handler names broken connections like timeouts,
 * and only the message distinguishes a connection never made (`@smithy/node-http-handler` 4.14.2,
 * `set-connection-timeout.js`). The SDK reads the first event before it returns a stream, so an answer may also have begun
 * and broken off; such an error has `$response`.
 */
function isUnreachable(error: unknown): boolean {
  const { name, message, $response } = (error ?? {}) as Partial<SdkError>;
  if ($response !== undefined) return false;
  if (name === 'TimeoutError' && message?.includes('did not establish a connection')) return true;
  return isNetworkFailure(error);
}

type SdkError = Error & { $response: unknown };

const unreachable = (cause: unknown) =>
  new DaypassError('service_unavailable', 'The model can’t be reached right now. Try again shortly.', {
    cause,
    retryAfterSeconds: overloadWaitSeconds,
  });

/** The refusal for an error that the client threw. */
export function refusalOf(error: unknown): DaypassError {
  return isUnreachable(error) ? unreachable(error) : brokenOff(error);
}

/** The refusal for an answer that broke off, so that the model was reached. */
export function brokenOff(error: unknown): DaypassError {
  const { name = '', message: reason } = (error ?? {}) as Partial<Error>;
  if (name === 'ValidationException' && tooLong.test(reason ?? '')) {
    return new DaypassError(
      'context_length_exceeded',
      'prompt is too long: the model’s context does not hold it. Send less, or choose a model with a larger context.',
      { cause: error },
    );
  }
  if (name === 'ValidationException') {
    return new DaypassError('model_refused_request', `The model refused this request: ${reason}`, {
      cause: error,
    });
  }
  const [code, message] = refusals[name] ?? failed;
  const isOverload = code === 'model_overloaded';
  return new DaypassError(code, message, {
    cause: error,
    ...(isOverload && { retryAfterSeconds: overloadWaitSeconds }),
  });
}
