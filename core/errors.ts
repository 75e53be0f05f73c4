/**
 * The closed list of error codes that callers may get; docs/errors.md has an entry for each.
 * `type` follows OpenAI's error types, which its SDKs show to their users.
 */
export const errorCodes = {
  invalid_json: { status: 400, type: 'invalid_request_error' },
  invalid_request: { status: 400, type: 'invalid_request_error' },
  unsupported_parameter: { status: 400, type: 'invalid_request_error' },
  weak_password: { status: 400, type: 'invalid_request_error' },
  wrong_password: { status: 400, type: 'invalid_request_error' },
  invalid_code: { status: 400, type: 'invalid_request_error' },
  invalid_signature: { status: 400, type: 'invalid_request_error' },
  unknown_plan: { status: 400, type: 'invalid_request_error' },
  context_length_exceeded: { status: 400, type: 'invalid_request_error' },
  model_refused_request: { status: 400, type: 'invalid_request_error' },
  unauthorized: { status: 401, type: 'authentication_error' },
  invalid_credentials: { status: 401, type: 'authentication_error' },
  email_not_confirmed: { status: 401, type: 'authentication_error' },
  invalid_refresh_token: { status: 401, type: 'authentication_error' },
  provider_login_failed: { status: 401, type: 'authentication_error' },
  session_expired: { status: 401, type: 'authentication_error' },
  invalid_api_key: { status: 401, type: 'authentication_error' },
  provider_key_required: { status: 401, type: 'authentication_error' },
  forbidden: { status: 403, type: 'permission_error' },
  cross_site_request: { status: 403, type: 'permission_error' },
  domain_not_allowed: { status: 403, type: 'permission_error' },
  provider_login_required: { status: 403, type: 'permission_error' },
  sign_up_closed: { status: 403, type: 'permission_error' },
  plan_not_allowed: { status: 403, type: 'permission_error' },
  host_not_allowed: { status: 403, type: 'permission_error' },
  model_not_allowed: { status: 403, type: 'permission_error' },
  provider_key_refused: { status: 403, type: 'permission_error' },
  awaiting_approval: { status: 403, type: 'permission_error' },
  user_suspended: { status: 403, type: 'permission_error' },
  not_found: { status: 404, type: 'not_found_error' },
  model_not_found: { status: 404, type: 'not_found_error' },
  method_not_allowed: { status: 405, type: 'invalid_request_error' },
  registration_changed: { status: 409, type: 'conflict_error' },
  email_taken: { status: 409, type: 'conflict_error' },
  key_exists: { status: 409, type: 'conflict_error' },
  key_ended: { status: 409, type: 'conflict_error' },
  key_busy: { status: 409, type: 'conflict_error' },
  idempotency_busy: { status: 409, type: 'conflict_error' },
  payload_too_large: { status: 413, type: 'invalid_request_error' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error' },
  idempotency_mismatch: { status: 422, type: 'invalid_request_error' },
  caller_left: { status: 499, type: 'api_error' },
  // OpenAI's type for what no short wait mends: Codex, for one, then ends at once.
  quota_exceeded: { status: 429, type: 'insufficient_quota' },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error' },
  ceiling_reached: { status: 429, type: 'insufficient_quota' },
  too_many_attempts: { status: 429, type: 'rate_limit_error' },
  model_overloaded: { status: 503, type: 'api_error' },
  internal_error: { status: 500, type: 'api_error' },
  model_failed: { status: 502, type: 'api_error' },
  service_unavailable: { status: 503, type: 'api_error' },
  mail_not_set_up: { status: 503, type: 'api_error' },
  model_timeout: { status: 504, type: 'api_error' },
  gateway_timeout: { status: 504, type: 'api_error' },
} as const satisfies Record<string, { status: number; type: string }>;

export type ErrorCode = keyof typeof errorCodes;

/**
 * Where the console explains a code, on the origin that CloudFront serves. A path and not a URL: the API can't know its own
 * address without a cycle in the template.
 */
export const errorDocs = (code: ErrorCode) => `/docs#${errorEntryId(code)}`;

/** The entry's id on that page. */
export const errorEntryId = (code: ErrorCode) => `error-${code}`;

/** Messages that both API Gateway and the functions send. */
export const commonMessages = {
  unauthorized: 'Log in first and send the token as `Authorization: Bearer`.',
  unsupported_media_type: 'Send JSON, with `content-type: application/json`.',
  internal_error: 'Something went wrong on our side. Try again, and quote the request id.',
} as const satisfies Partial<Record<ErrorCode, string>>;

export interface ErrorDetails {
  /** The field at fault, as a dotted path: `messages.0.content`. */
  param?: string | undefined;
  /** Fields of the request that this version doesn't know or support, whatever their values. */
  unknownFields?: readonly string[];
  /** Whole seconds after which a new attempt makes sense; sent as `Retry-After`. */
  retryAfterSeconds?: number | undefined;
  headers?: Record<string, string> | undefined;
  /** The underlying error: its name is logged, and nothing of it is sent. */
  cause?: unknown;
}

/**
 * Refusals may repeat names that the caller chose, such as those of unknown fields. They are cut, so that none grows with
 * the request.
 */
const mostCharacters = { message: 4000, param: 200 };

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`.toWellFormed();
}

/** A refusal with a message written for the caller. Anything else thrown is answered as `internal_error`. */
export class DaypassError extends Error {
  readonly code: ErrorCode;
  readonly param: string | null;
  readonly unknownFields: readonly string[];
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(cut(message, mostCharacters.message), { cause: details.cause });
    this.name = 'DaypassError';
    this.code = code;
    this.param = details.param === undefined ? null : cut(details.param, mostCharacters.param);
    this.unknownFields = details.unknownFields ?? [];
    this.headers = { ...details.headers };
    if (details.retryAfterSeconds !== undefined) {
      this.headers['retry-after'] = String(Math.max(1, Math.ceil(details.retryAfterSeconds)));
    }
  }

  get status(): number {
    return errorCodes[this.code].status;
  }

  /** OpenAI's error body, the one shape of every refusal. */
  toBody(): ErrorBody {
    return errorBodyOf(this.code, this.message, this.param);
  }
}

/**
 * An AWS service throttled a call, since it counts all calls of the account together. The call changed nothing and may
 * succeed later.
 */
export class ThrottledError extends DaypassError {
  readonly service: ThrottledService;

  constructor(service: ThrottledService, message: string, details: ErrorDetails = {}) {
    super('service_unavailable', message, details);
    this.name = 'ThrottledError';
    this.service = service;
  }
}

type ThrottledService = 'API Gateway' | 'Cognito';

/** The code under which an error is answered and logged. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof DaypassError ? error.code : 'internal_error';
}

export interface ErrorBody {
  error: { message: string; type: string; code: string; param: string | null; docs: string };
}

export function errorBodyOf(code: ErrorCode, message: string, param: string | null = null): ErrorBody {
  return { error: { message, type: errorCodes[code].type, code, param, docs: errorDocs(code) } };
}
