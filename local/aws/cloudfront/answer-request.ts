import { STATUS_CODES } from 'node:http';
import { compressed } from './compression.ts';
import type { Route } from './distribution/behaviors.ts';
import type { Distribution } from './distribution/distribution.ts';
import { type EdgeRequest, type EdgeResponse, OriginFailure } from './edge-request.ts';
import { forwardedRequest } from './forwarding.ts';
import { requestEvent, responseEvent } from './functions/function-event.ts';
import {
  changedRequest,
  changedResponse,
  FunctionValidationError,
  generatedResponse,
  isResponse,
} from './functions/function-result.ts';
import { FunctionExecutionError, type ViewerFunction } from './functions/viewer-function.ts';
import { joined } from './header-map.ts';
import { normalizedPath } from './read-request.ts';
import { refusal } from './refusal.ts';
import { withResponseHeaders } from './response-headers.ts';
import { discardBody } from './send-response.ts';

export interface AnswerOptions {
  readonly distribution: Distribution;
  readonly routes: { route(path: string): Route };
  /** Logs why a function or an origin failed; the viewer doesn't learn it. */
  readonly warn: (message: string) => void;
}

/** One request through the distribution, from behaviour to the response the viewer gets. */
export async function answerRequest(
  viewer: EdgeRequest,
  options: AnswerOptions,
  signal: AbortSignal,
): Promise<EdgeResponse> {
  const { distribution, routes } = options;
  const route = routes.route(normalizedPath(viewer.path));
  const { response, request } = await fromRoute(viewer, route, options, signal);
  if (response.cacheResult.startsWith('Function')) return response;

  const replaced = await withErrorPage(response, request, options, signal);
  const headers =
    route.responseHeaders === undefined
      ? replaced.headers
      : withResponseHeaders(replaced.headers, route.responseHeaders, viewer);
  const finished = compressed(
    { ...replaced, headers },
    viewer.method === 'HEAD' ? [] : route.encodings,
    viewer.headers,
  );
  if (route.viewerResponse === undefined || finished.status >= 400) return finished;
  const event = responseEvent(request, finished, STATUS_CODES[finished.status] ?? '', distribution);
  return runFunction(viewer, route.viewerResponse, event, options, (result) => {
    return changedResponse(finished, event, result);
  });
}

async function fromRoute(
  viewer: EdgeRequest,
  route: Route,
  options: AnswerOptions,
  signal: AbortSignal,
): Promise<{ request: EdgeRequest; response: EdgeResponse }> {
  const refuse = (message: string) => ({ request: viewer, response: refused(viewer, 403, message) });
  if (!route.allowedMethods.has(viewer.method))
    return refuse(
      `This distribution is not configured to allow the HTTP request method ${viewer.method} here.`,
    );
  if (viewer.method === 'GET' && viewer.body !== undefined)
    return refuse('A GET request must not have a body.');

  const outcome = runViewerRequest(viewer, route.viewerRequest, options);
  if ('response' in outcome) return { request: viewer, response: outcome.response };
  return { request: outcome.request, response: await fromOrigin(outcome.request, route, options, signal) };
}

function runViewerRequest(
  viewer: EdgeRequest,
  viewerFunction: ViewerFunction | undefined,
  options: AnswerOptions,
): { request: EdgeRequest } | { response: EdgeResponse } {
  if (viewerFunction === undefined) return { request: viewer };
  const event = requestEvent(viewer, options.distribution);
  let request = viewer;
  const response = runFunction(viewer, viewerFunction, event, options, (result) => {
    if (isResponse(result)) return generatedResponse(result);
    request = changedRequest(viewer, event, result);
    return undefined;
  });
  return response === undefined ? { request } : { response };
}

/** Runs a function; its failures become the answers CloudFront gives for them. */
function runFunction<T>(
  { id }: EdgeRequest,
  viewerFunction: ViewerFunction,
  event: unknown,
  { warn }: AnswerOptions,
  accept: (result: unknown) => T,
): T | EdgeResponse {
  try {
    return accept(viewerFunction.run(event));
  } catch (error) {
    const isInvalid = error instanceof FunctionValidationError;
    if (!isInvalid && !(error instanceof FunctionExecutionError)) throw error;
    warn(isInvalid ? `CloudFront function ${viewerFunction.name}: ${error.message}` : error.message);
    return refusal({
      status: isInvalid ? 502 : 503,
      message:
        'The function associated with the distribution could not be run or returned an invalid result.',
      requestId: id,
      cacheResult: isInvalid ? 'Error' : 'FunctionExecutionError',
    });
  }
}

async function fromOrigin(
  request: EdgeRequest,
  route: Route,
  { distribution, warn }: AnswerOptions,
  signal: AbortSignal,
): Promise<EdgeResponse> {
  const root = distribution.configuration.DefaultRootObject;
  const path = request.path === '/' && root !== '' ? `/${root}` : request.path;
  try {
    return await route.origin.fetch(forwardedRequest({ ...request, path }, route.forwarding), signal);
  } catch (error) {
    if (!(error instanceof OriginFailure)) throw error;
    if (!signal.aborted) warn(`${error.status} for ${request.method} ${request.path}: ${error.message}`);
    return refused(request, error.status, error.message);
  }
}

/** Custom error responses apply to the whole distribution: a 403 of the API gets the page as well. */
async function withErrorPage(
  response: EdgeResponse,
  request: EdgeRequest,
  options: AnswerOptions,
  signal: AbortSignal,
): Promise<EdgeResponse> {
  const { CustomErrorResponses } = options.distribution.configuration;
  const { ResponseCode, ResponsePagePath } =
    CustomErrorResponses.find(({ ErrorCode }) => ErrorCode === response.status) ?? {};
  if (ResponseCode === undefined || ResponsePagePath === undefined) return response;
  const pageRequest: EdgeRequest = {
    ...request,
    method: request.method === 'HEAD' ? 'HEAD' : 'GET',
    path: ResponsePagePath,
    query: '',
    headers: new Map([['host', request.headers.get('host') ?? []]]),
    body: undefined,
  };
  const page = await fromOrigin(pageRequest, options.routes.route(ResponsePagePath), options, signal);
  if (page.status !== 200) {
    discardBody(page);
    return response;
  }
  discardBody(response);
  const headers = new Map(page.headers);
  if (joined(headers, 'accept-ranges') !== undefined) headers.delete('accept-ranges');
  return { ...page, headers, status: ResponseCode, cacheResult: 'Error' };
}

function refused({ id }: EdgeRequest, status: 403 | 502 | 504, message: string): EdgeResponse {
  return refusal({ status, message, requestId: id });
}
