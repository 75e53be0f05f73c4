import type { UpstreamAnswer } from '../../chat/upstream.ts';
import { DaypassError } from '../../errors.ts';

type Head = Pick<UpstreamAnswer, 'status' | 'header'>;

/** The parts of an error body that are read; every server that copies this API has at least a message. */
interface ErrorFields {
  message?: unknown;
  code?: unknown;
  type?: unknown;
  param?: unknown;
}

/** For the log: its name says what an operator has to do. */
class OperatorKeyRefused extends Error {
  override name = 'OperatorKeyRefused';
}

const overloadWaitSeconds = 5;
const longestWaitSeconds = 600;

/** The refusal for an answer without a 200. Of 401 and 403 nothing is repeated: they may quote the key. */
export function refusalOf({ status, header }: Head, text: string): DaypassError {
  const error = errorFields(text);
  if (status === 401 || status === 403) {
    return new DaypassError(
      'model_failed',
      'The provider refuses this deployment. Tell its operator, or choose another model.',
      { cause: new OperatorKeyRefused(`status ${status}`) },
    );
  }
  if (status === 404) return isOtherApi(error) ? otherApi() : noAccess();
  if (status === 408 || status === 504) return tookTooLong();
  if (status === 429 || status === 503 || status === 529) {
    return overloaded(waitOf(header('retry-after')));
  }
  if (status >= 400 && status < 500) return refusedRequest(error);
  return failed(`status ${status}`);
}

/** The refusal that an event of a stream stands for. */
export function streamRefusal(event: Record<string, unknown>): DaypassError | undefined {
  const { type, error, response } = event;
  if (type === 'response.failed') return brokenOff((response as { error?: ErrorFields } | undefined)?.error);
  if (type === 'error') return brokenOff((error as ErrorFields | undefined) ?? event);
  // Chunks of Chat Completions have no type.
  return type === undefined && typeof error === 'object' && error !== null ? brokenOff(error) : undefined;
}

function brokenOff(error: ErrorFields | null | undefined): DaypassError {
  const code = String(error?.code ?? error?.type ?? '');
  if (/rate_limit|overloaded|quota/.test(code)) return overloaded(overloadWaitSeconds);
  if (/invalid_request|context_length|invalid_prompt/.test(code)) return refusedRequest(error ?? {});
  return failed('error within the stream');
}

function errorFields(text: string): ErrorFields {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === 'object' && error !== null) return error;
    if (typeof error === 'string') return { message: error };
  } catch {
    // Gateways in between answer HTML.
  }
  return {};
}

/** How models and servers say that a prompt is longer than their context. */
const tooLong = /maximum context length|context window|prompt is too long|context_length_exceeded/i;

function refusedRequest({ message, code, param }: ErrorFields): DaypassError {
  if (code === 'context_length_exceeded' || tooLong.test(String(message ?? ''))) {
    return new DaypassError(
      'context_length_exceeded',
      'prompt is too long: the model’s context does not hold it. Send less, or choose a model with a larger context.',
    );
  }
  const reason = typeof message === 'string' && message !== '' ? message : 'it gives no reason';
  return new DaypassError('model_refused_request', `The model refused this request: ${reason}`, {
    param: typeof param === 'string' ? param : undefined,
  });
}

function overloaded(retryAfterSeconds: number): DaypassError {
  return new DaypassError('model_overloaded', 'The model is overloaded right now. Try again shortly.', {
    retryAfterSeconds,
  });
}

/** A provider may name a time far off, at which its own month begins. */
function waitOf(header: string | undefined): number {
  const seconds = Number(header ?? overloadWaitSeconds);
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(seconds, longestWaitSeconds)
    : overloadWaitSeconds;
}

/** Of a model that isn't known to answer one API alone: `models[].apis` says which. */
function isOtherApi({ message }: ErrorFields): boolean {
  return /only supported in v1\/|not supported in the v1\//.test(String(message ?? ''));
}

function otherApi(): DaypassError {
  return new DaypassError(
    'model_refused_request',
    'This model does not answer this API at its provider. Call it by POST /v1/responses or /v1/chat/completions, or choose another model.',
    { param: 'model' },
  );
}

function noAccess(): DaypassError {
  return new DaypassError(
    'model_failed',
    'This deployment has no access to the model at its provider. Tell its operator, or choose another model.',
    { cause: new Error('status 404') },
  );
}

function tookTooLong(): DaypassError {
  return new DaypassError('model_timeout', 'The model took too long. Try again, or ask for less.');
}

function failed(reason: string): DaypassError {
  return new DaypassError('model_failed', 'The model failed on this request. Try again.', {
    cause: new Error(reason),
  });
}
