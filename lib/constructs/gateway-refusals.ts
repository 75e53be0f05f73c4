import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { exposedHeaders } from '../../core/contract/cors-headers.ts';
import { gatewayMessages } from '../../core/contract/gateway-messages.ts';
import { httpsOnlySeconds } from '../../core/contract/https-only.ts';
import { commonMessages, type ErrorCode, errorBodyOf, errorCodes } from '../../core/errors.ts';
import type { Settings } from '../settings.ts';

interface Refusal {
  type: ResponseType;
  code: ErrorCode;
  message: string;
  headers?: Record<string, string>;
}

// CloudFront names the whole base URL (edge/refuse-at-the-edge.js). Here the caller's host may be hidden behind CloudFront's.
const noSuchRoute =
  'There is no such route. The base URL of OpenAI clients ends in /v1, and that of Anthropic clients right before it. GET /v1/openapi.json lists all routes.';

/** Whatever API Gateway itself can refuse with in every deployment, in our one error shape. */
const refusals: readonly Refusal[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    code: 'unauthorized',
    message: commonMessages.unauthorized,
  },
  {
    type: ResponseType.EXPIRED_TOKEN,
    code: 'unauthorized',
    message: 'The login token has ended. Get a fresh one with POST /v1/login/refresh.',
  },
  {
    type: ResponseType.INVALID_SIGNATURE,
    code: 'unauthorized',
    message: 'The login token is not valid. Log in again.',
  },
  {
    type: ResponseType.INVALID_API_KEY,
    code: 'invalid_api_key',
    message: gatewayMessages.invalid_api_key,
  },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    code: 'not_found',
    message: noSuchRoute,
  },
  {
    type: ResponseType.RESOURCE_NOT_FOUND,
    code: 'not_found',
    message: noSuchRoute,
  },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    code: 'invalid_json',
    message: 'The body is not a valid JSON object.',
  },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    code: 'invalid_request',
    message: 'A parameter of this call is missing or wrong.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    code: 'payload_too_large',
    message: 'The body is too large.',
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    code: 'unsupported_media_type',
    message: commonMessages.unsupported_media_type,
  },
  {
    type: ResponseType.THROTTLED,
    code: 'rate_limit_exceeded',
    message: gatewayMessages.rate_limit_exceeded,
    headers: { 'retry-after': "'1'" },
  },
  {
    type: ResponseType.QUOTA_EXCEEDED,
    code: 'quota_exceeded',
    message:
      'You have used up the requests of your plan for today. The next day begins at 00:00 UTC. GET /v1/api-key shows what the key has left.',
    headers: {
      'x-should-retry': "'false'",
      'x-ratelimit-remaining-requests': "'0'",
      // The gateway can't compute the seconds until the day ends, so CloudFront's function sends them with the request
      // (api-viewer-request.js). A call to the stage itself has none, and these two headers are left out.
      'retry-after': 'method.request.header.x-daypass-day-ends-in',
      'x-ratelimit-reset-requests': 'method.request.header.x-daypass-day-reset',
    },
  },
  {
    type: ResponseType.WAF_FILTERED,
    code: 'rate_limit_exceeded',
    message: 'Too many calls from your address. Wait five minutes and try again.',
    headers: { 'retry-after': "'300'" },
  },
  {
    type: ResponseType.INTEGRATION_TIMEOUT,
    code: 'gateway_timeout',
    message: gatewayMessages.gateway_timeout,
  },
  {
    // Lambda throttled the call, and nothing was done, or the function crashed.
    type: ResponseType.INTEGRATION_FAILURE,
    code: 'service_unavailable',
    message: gatewayMessages.service_unavailable,
    headers: { 'retry-after': "'5'" },
  },
  ...[
    ResponseType.API_CONFIGURATION_ERROR,
    ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
    ResponseType.AUTHORIZER_FAILURE,
  ].map((type) => ({
    type,
    code: 'internal_error' as const,
    message: commonMessages.internal_error,
  })),
  {
    type: ResponseType.DEFAULT_4XX,
    code: 'invalid_request',
    message: 'This call was refused.',
  },
  {
    type: ResponseType.DEFAULT_5XX,
    code: 'internal_error',
    message: commonMessages.internal_error,
  },
];

const everyHeader = {
  'access-control-allow-origin': "'*'",
  'access-control-expose-headers': `'${exposedHeaders.join(',')}'`,
  'content-type': "'application/json'",
  'cache-control': "'no-store'",
  'strict-transport-security': `'max-age=${httpsOnlySeconds}; includeSubDomains'`,
  'x-content-type-options': "'nosniff'",
  'x-request-id': 'context.extendedRequestId',
  'request-id': 'context.extendedRequestId',
};

/**
 * Gives API Gateway our body for everything that it refuses itself. The body can't depend on the route, since these
 * templates only fill in variables and aren't Velocity ([AWS][1]): it has what both OpenAI's and Anthropic's clients read.
 *
 * [1]: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-gateway-responses.responseTemplates.html
 */
export function addRefusals(api: RestApi, { directCalls }: Pick<Settings, 'directCalls'>): void {
  const accessDenied: Refusal = {
    type: ResponseType.ACCESS_DENIED,
    code: 'forbidden',
    message:
      directCalls === 'off'
        ? 'This address takes no calls. Send them to the address of the console, under /v1.'
        : 'You may not do this.',
  };
  for (const { type, code, message, headers } of [accessDenied, ...refusals]) {
    const body = { type: 'error', ...errorBodyOf(code, message), request_id: '$context.extendedRequestId' };
    // The two defaults stand for several statuses and keep the gateway's.
    const isDefault = type === ResponseType.DEFAULT_4XX || type === ResponseType.DEFAULT_5XX;
    api.addGatewayResponse(type.responseType, {
      type,
      ...(!isDefault && { statusCode: String(errorCodes[code].status) }),
      responseHeaders: { ...everyHeader, ...headers },
      templates: { 'application/json': JSON.stringify(body) },
    });
  }
}
