import type middy from '@middy/core';
import httpCors from '@middy/http-cors';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { exposedHeaders, httpsOnlySeconds } from '../../core/contract/response-headers.ts';
import { requestIdOf } from './api-request.ts';

/** The headers of every answer, refusals included. */
export function answerHeaders() {
  return [httpSecurityHeaders(securityHeaders), httpCors(cors), requestIdHeader()];
}

function requestIdHeader(): middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> {
  const add: middy.MiddlewareFn<APIGatewayProxyEvent, APIGatewayProxyResult> = (request) => {
    const { event, context, response } = request;
    const requestId = requestIdOf(event, context);
    // Anthropic's SDK reads request-id.
    if (response)
      response.headers = { ...response.headers, 'x-request-id': requestId, 'request-id': requestId };
  };
  return { after: add, onError: add };
}

/** Any origin may call, since a page must have a token or key. The session’s cookie has its own checks (require-own-page.ts). */
const cors = {
  origin: '*',
  exposeHeaders: exposedHeaders.join(','),
};

/**
 * JSON is never shown as a page: it loads nothing, can't be framed, and its type is not guessed. The package merges this into
 * its defaults for pages, so those are removed by name.
 */
const securityHeaders = {
  contentSecurityPolicy: {
    'default-src': "'none'",
    'base-uri': '',
    // An empty text would turn these two on.
    sandbox: undefined as never,
    'upgrade-insecure-requests': undefined as never,
    'form-action': '',
    'frame-ancestors': "'none'",
    'report-to': '',
    'require-trusted-types-for': '',
  },
  strictTransportSecurity: { maxAge: httpsOnlySeconds, includeSubDomains: true, preload: false },
  contentTypeOptions: { action: 'nosniff' },
  referrerPolicy: { policy: 'no-referrer' as const },
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false,
  dnsPrefetchControl: false,
  downloadOptions: false,
  frameOptions: false,
  originAgentCluster: false,
  permissionsPolicy: false,
  permittedCrossDomainPolicies: false,
  reportTo: false,
  reportingEndpoints: false,
  xssProtection: false,
};
