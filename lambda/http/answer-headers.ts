import type middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { exposedHeaders } from '../../core/contract/cors-headers.ts';
import { httpsOnlySeconds } from '../../core/contract/https-only.ts';
import { requestIdOf } from './api-request.ts';

const everyAnswer = {
  // JSON is never shown as a page: it loads nothing, can't be framed, and its type is not guessed.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'strict-transport-security': `max-age=${httpsOnlySeconds}; includeSubDomains`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
  // Any origin may call, since a page must have a token or key. The session’s cookie has its own checks (require-own-page.ts).
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposedHeaders.join(','),
};

/** The headers of every answer, refusals included. */
export function answerHeaders(): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const add: middy.MiddlewareFn<APIGatewayProxyEvent, APIGatewayProxyResult> = (request) => {
    const { event, context, response } = request;
    if (!response) return;
    const requestId = requestIdOf(event, context);
    // Anthropic's SDK reads request-id.
    response.headers = {
      ...response.headers,
      ...everyAnswer,
      'x-request-id': requestId,
      'request-id': requestId,
    };
  };
  return { after: add, onError: add };
}
