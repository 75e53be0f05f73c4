import { t } from './language/t.ts';
import { type RateLimits, readRateLimits } from './rate-limits.ts';

/**
 * `network`: there was no answer; `expired`: the session has ended; `refusal`: the API refused, and said why;
 * `server`: the API, or something in front of it, failed.
 */
export type ApiErrorKind = 'network' | 'expired' | 'refusal' | 'server';

export interface ApiErrorDetails {
  /** As in docs/errors.md, or `network_error` or `unreadable_answer`. */
  code: string;
  status?: number | undefined;
  /** The field at fault, as a dotted path. */
  param?: string | null | undefined;
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
  rateLimits?: RateLimits | undefined;
  cause?: unknown;
}

/** Why an API call failed. The message is for people. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly code: string;
  readonly status: number | undefined;
  readonly param: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly rateLimits: RateLimits;

  /** @param message of our own, it is worded when it is read: a call may fail before the language is loaded */
  constructor(kind: ApiErrorKind, message: string | (() => string), details: ApiErrorDetails) {
    super(undefined, { cause: details.cause });
    Object.defineProperty(this, 'message', {
      get: () => (typeof message === 'string' ? message : message()),
    });
    this.name = 'ApiError';
    this.kind = kind;
    this.code = details.code;
    this.status = details.status;
    this.param = details.param ?? undefined;
    this.requestId = details.requestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.rateLimits = details.rateLimits ?? {};
  }
}

export function networkError(cause: unknown): ApiError {
  const words = () => t('The service did not answer. Check your connection and try again.');
  return new ApiError('network', words, { code: 'network_error', cause });
}

export function sessionEnded(): ApiError {
  return new ApiError('expired', () => t('Your session has ended. Log in again.'), {
    code: 'session_expired',
  });
}

/** Reads our shape of a refusal. CloudFront and other proxies in front of the API answer with pages of their own. */
export async function errorOfResponse(response: Response): Promise<ApiError> {
  const details = {
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? response.headers.get('x-amz-cf-id') ?? undefined,
    retryAfterSeconds: secondsOf(response.headers.get('retry-after')),
    rateLimits: readRateLimits(response.headers),
  };
  const kind = response.status >= 500 ? 'server' : 'refusal';
  const body: unknown = await response.json().catch(() => undefined);
  const error = refusalIn(body);
  if (error === undefined) {
    const message = () => {
      const words = t('The service answered {status} without saying why.', { status: response.status });
      return kind === 'server' ? `${words} ${t('Try again in a moment.')}` : words;
    };
    return new ApiError(kind, message, { ...details, code: 'unreadable_answer' });
  }
  return new ApiError(kind, error.message, { ...details, code: error.code, param: error.param });
}

interface Refusal {
  message: string;
  code: string;
  param: string | null;
}

/** @param body an answer's body, or the data of a stream's `error` event */
export function refusalIn(body: unknown): Refusal | undefined {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as { error?: Partial<Refusal> };
  if (typeof error?.message !== 'string') return undefined;
  return { message: error.message, code: error.code ?? 'unreadable_answer', param: error.param ?? null };
}

function secondsOf(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}
