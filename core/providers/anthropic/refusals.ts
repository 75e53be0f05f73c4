import type { UpstreamAnswer } from '../../chat/upstream.ts';
import { DaypassError } from '../../errors.ts';

type Head = Pick<UpstreamAnswer, 'status' | 'header'>;

interface ErrorFields {
  type?: unknown;
  message?: unknown;
}

/** For the log: its name says what an operator has to do. */
class OperatorKeyRefused extends Error {
  override name = 'OperatorKeyRefused';
}

const overloadWaitSeconds = 5;
const longestWaitSeconds = 600;

/** The refusal for an answer without a 200 (API reference, errors). */
export function refusalOf({ status, header }: Head, text: string): DaypassError {
  const { type, message } = errorFields(text);
  if (type === 'billing_error' || /credit balance is too low/i.test(String(message ?? ''))) {
    return operatorKeyRefused(status);
  }
  if (status === 401 || status === 402 || status === 403) return operatorKeyRefused(status);
  if (status === 404) return noAccess();
  if (status === 408 || status === 504) return tookTooLong();
  if (status === 429 || status === 503 || status === 529) return overloaded(waitOf(header('retry-after')));
  if (status >= 400 && status < 500) return refusedRequest(message);
  return failed(`status ${status}`);
}

/** The refusal that an event of a stream stands for. */
export function streamRefusal({ type, error }: Record<string, unknown>): DaypassError | undefined {
  if (type !== 'error') return undefined;
  const { type: kind, message } = (error ?? {}) as ErrorFields;
  if (kind === 'overloaded_error' || kind === 'rate_limit_error') return overloaded(overloadWaitSeconds);
  if (kind === 'timeout_error') return tookTooLong();
  return kind === 'invalid_request_error' ? refusedRequest(message) : failed('error within the stream');
}

export function malformed(): DaypassError {
  return failed('the answer is not JSON');
}

function errorFields(text: string): ErrorFields {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    return typeof error === 'object' && error !== null ? error : {};
  } catch {
    return {};
  }
}

function refusedRequest(message: unknown): DaypassError {
  const reason = typeof message === 'string' && message !== '' ? message : 'it gives no reason';
  if (/prompt is too long|exceed context limit/i.test(reason)) {
    return new DaypassError(
      'context_length_exceeded',
      'prompt is too long: the model’s context does not hold it. Send less, or choose a model with a larger context.',
    );
  }
  return new DaypassError('model_refused_request', `The model refused this request: ${reason}`);
}

function operatorKeyRefused(status: number): DaypassError {
  return new DaypassError(
    'model_failed',
    'The provider refuses this deployment. Tell its operator, or choose another model.',
    { cause: new OperatorKeyRefused(`status ${status}`) },
  );
}

function noAccess(): DaypassError {
  return new DaypassError(
    'model_failed',
    'This deployment has no access to the model at its provider. Tell its operator, or choose another model.',
    { cause: new Error('status 404') },
  );
}

function overloaded(retryAfterSeconds: number): DaypassError {
  return new DaypassError('model_overloaded', 'The model is overloaded right now. Try again shortly.', {
    retryAfterSeconds,
  });
}

function waitOf(header: string | undefined): number {
  const seconds = Number(header ?? overloadWaitSeconds);
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(seconds, longestWaitSeconds)
    : overloadWaitSeconds;
}

export function tookTooLong(): DaypassError {
  return new DaypassError('model_timeout', 'The model took too long. Try again, or ask for less.');
}

function failed(reason: string): DaypassError {
  return new DaypassError('model_failed', 'The model failed on this request. Try again.', {
    cause: new Error(reason),
  });
}
