import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { ErrorBody, ErrorCode } from '../../core/errors.ts';

interface Refusal {
  type: ResponseType;
  /** undefined: as the gateway chooses, for the two defaults. */
  status?: number;
  code: ErrorCode;
  errorType: string;
  message: string;
  headers?: Record<string, string>;
}

const again = 'Try again, and quote the request id if it goes on.';

/** Every answer that API Gateway can give by itself, in our one error shape. */
const refusals: readonly Refusal[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    code: 'unauthorized',
    errorType: 'authentication_error',
    message: 'Log in first and send the token as Authorization: Bearer.',
  },
  {
    type: ResponseType.EXPIRED_TOKEN,
    status: 401,
    code: 'unauthorized',
    errorType: 'authentication_error',
    message: 'The login token has ended. Get a fresh one with POST /v1/login/refresh.',
  },
  {
    type: ResponseType.INVALID_SIGNATURE,
    status: 401,
    code: 'unauthorized',
    errorType: 'authentication_error',
    message: 'The login token is not valid. Log in again.',
  },
  {
    type: ResponseType.ACCESS_DENIED,
    status: 403,
    code: 'forbidden',
    errorType: 'permission_error',
    message: 'You may not do this.',
  },
  {
    type: ResponseType.INVALID_API_KEY,
    status: 401,
    code: 'invalid_api_key',
    errorType: 'authentication_error',
    message:
      'This API key is missing or not valid. Send it as x-api-key; create one in the console or with POST /v1/api-keys. One that was created, rotated or moved to another plan less than a minute ago may not be known everywhere yet: try again.',
  },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    code: 'not_found',
    errorType: 'not_found_error',
    message: 'There is no such route. GET /v1/openapi.json lists them all.',
  },
  {
    type: ResponseType.RESOURCE_NOT_FOUND,
    status: 404,
    code: 'not_found',
    errorType: 'not_found_error',
    message: 'There is no such route. GET /v1/openapi.json lists them all.',
  },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    code: 'invalid_json',
    errorType: 'invalid_request_error',
    message: 'The body is not a valid JSON object.',
  },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    status: 400,
    code: 'invalid_request',
    errorType: 'invalid_request_error',
    message: 'A parameter of this call is missing or wrong.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    code: 'payload_too_large',
    errorType: 'invalid_request_error',
    message: 'The body is too large.',
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    code: 'unsupported_media_type',
    errorType: 'invalid_request_error',
    message: 'Send JSON, with content-type: application/json.',
  },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    code: 'rate_limit_exceeded',
    errorType: 'rate_limit_error',
    message: 'Too many calls at once. Slow down and try again.',
    headers: { 'retry-after': "'1'" },
  },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    code: 'quota_exceeded',
    errorType: 'rate_limit_error',
    message:
      'You have used up the requests of your plan for today. The next day begins at 00:00 UTC. GET /v1/api-key tells what the key has left.',
    headers: {
      'x-should-retry': "'false'",
      'x-ratelimit-remaining-requests': "'0'",
      // The gateway can't count the seconds to the day's end. CloudFront's function brings them with the request
      // (api-viewer-request.js); a call to the stage has none, and these two headers are left out.
      'retry-after': 'method.request.header.x-daypass-day-ends-in',
      'x-ratelimit-reset-requests': 'method.request.header.x-daypass-day-reset',
    },
  },
  {
    type: ResponseType.WAF_FILTERED,
    status: 429,
    code: 'rate_limit_exceeded',
    errorType: 'rate_limit_error',
    message: 'Too many calls from your address. Wait five minutes and try again.',
    headers: { 'retry-after': "'300'" },
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    code: 'gateway_timeout',
    errorType: 'api_error',
    message: `The answer took too long. ${again}`,
  },
  {
    // Lambda throttled the call, so that nothing was done, or the function broke down.
    type: ResponseType.INTEGRATION_FAILURE,
    status: 503,
    code: 'service_unavailable',
    errorType: 'api_error',
    message: `This call could not be taken right now. ${again}`,
    headers: { 'retry-after': "'5'" },
  },
  ...[
    ResponseType.API_CONFIGURATION_ERROR,
    ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
    ResponseType.AUTHORIZER_FAILURE,
  ].map((type) => ({
    type,
    status: 500,
    code: 'internal_error' as const,
    errorType: 'api_error',
    message: `Something went wrong on our side. ${again}`,
  })),
  {
    type: ResponseType.DEFAULT_4XX,
    code: 'invalid_request',
    errorType: 'invalid_request_error',
    message: 'This call was refused.',
  },
  {
    type: ResponseType.DEFAULT_5XX,
    code: 'internal_error',
    errorType: 'api_error',
    message: `Something went wrong on our side. ${again}`,
  },
];

/** As the functions list them, so that a page reads the same headers whoever answers. */
const exposed = [
  'x-request-id',
  'request-id',
  'retry-after',
  'x-should-retry',
  'x-daypass-model',
  ...['requests', 'tokens'].flatMap((unit) =>
    ['limit', 'remaining', 'reset'].map((what) => `x-ratelimit-${what}-${unit}`),
  ),
];

const everyHeader = {
  'access-control-allow-origin': "'*'",
  'access-control-expose-headers': `'${exposed.join(',')}'`,
  'content-type': "'application/json'",
  'cache-control': "'no-store'",
  'strict-transport-security': "'max-age=63072000; includeSubDomains'",
  'x-content-type-options': "'nosniff'",
  'x-request-id': 'context.extendedRequestId',
  'request-id': 'context.extendedRequestId',
};

/**
 * Gives API Gateway our words for everything it refuses by itself. It can't tell on which route that is: a template
 * only fills in variables, and isn't Velocity ([AWS][1]). So the body has what OpenAI's clients read and what
 * Anthropic's do.
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.responseTemplates.html
 */
export function addRefusals(api: RestApi): void {
  for (const { type, status, code, errorType, message, headers } of refusals) {
    const error: ErrorBody = { error: { message, type: errorType, code, param: null } };
    const body = { type: 'error', ...error, request_id: '$context.extendedRequestId' };
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status !== undefined && { statusCode: String(status) }),
      responseHeaders: { ...everyHeader, ...headers },
      templates: { 'application/json': JSON.stringify(body) },
    });
  }
}
