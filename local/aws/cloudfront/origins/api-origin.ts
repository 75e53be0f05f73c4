import { type Agent, type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http';
import { type EdgeRequest, type EdgeResponse, type Origin, OriginFailure } from '../edge-request.ts';
import { fromRawHeaders, type HeaderMap, toRawHeaders, withoutHopByHop } from '../header-map.ts';

export interface ApiOriginOptions {
  /** Where the origin really answers on this machine, for example `http://127.0.0.1:4001`. */
  readonly url: string;
  /** The origin's name in the distribution, sent as Host. */
  readonly domainName: string;
  readonly originPath: string;
  readonly customHeaders: ReadonlyMap<string, string>;
  /** Longest wait for the first byte, and between two. */
  readonly readTimeoutSeconds: number;
  readonly agent: Agent;
}

/**
 * A streaming proxy: nothing is buffered, so back-pressure reaches from end to end, and a viewer who leaves
 * ends the origin's request at once.
 */
export function createApiOrigin(options: ApiOriginOptions): Origin {
  const { hostname, port } = new URL(options.url);
  return {
    fetch: (request, signal) =>
      new Promise<EdgeResponse>((settle, fail) => {
        const upstream = openRequest({
          hostname,
          port,
          method: request.method,
          path: `${options.originPath}${request.path}${request.query === '' ? '' : `?${request.query}`}`,
          headers: toRawHeaders(originHeaders(request, options)),
          agent: options.agent,
          signal,
        });
        let answer: IncomingMessage | undefined;
        upstream.on('response', (response) => {
          answer = response;
          // The body's reader sees it break off; there may be none yet.
          response.on('error', () => {});
          settle(toEdgeResponse(response));
        });
        upstream.on('error', (error) => fail(asFailure(error)));
        limitSilence(upstream, options.readTimeoutSeconds, () => answer);
        sendBody(request, upstream);
      }),
  };
}

function originHeaders(request: EdgeRequest, { domainName, customHeaders }: ApiOriginOptions): HeaderMap {
  const headers = new Map(request.headers);
  if (!headers.has('host')) headers.set('host', [domainName]);
  for (const [name, value] of customHeaders) headers.set(name, [value]);
  // For some methods Node doesn't frame a body on its own.
  if (headers.has('content-length')) return headers;
  if (request.body !== undefined) headers.set('transfer-encoding', ['chunked']);
  else if (['POST', 'PUT', 'PATCH'].includes(request.method)) headers.set('content-length', ['0']);
  return headers;
}

function sendBody({ body }: EdgeRequest, upstream: ClientRequest): void {
  if (body === undefined) {
    upstream.end();
    return;
  }
  body.pipe(upstream);
  // Drains what the origin no longer reads, so that its early answer still reaches the viewer.
  const drain = () => {
    body.unpipe(upstream);
    body.resume();
  };
  upstream.on('close', drain);
  upstream.on('response', (response) => {
    response.once('end', () => {
      if (upstream.writableFinished) return;
      drain();
      upstream.destroy();
    });
  });
}

/** A viewer who doesn't read makes the origin look silent; that wait is not the origin's. */
function limitSilence(
  upstream: ClientRequest,
  seconds: number,
  answer: () => IncomingMessage | undefined,
): void {
  upstream.setTimeout(seconds * 1000, () => {
    if ((answer()?.readableLength ?? 0) > 0) upstream.setTimeout(seconds * 1000);
    else upstream.destroy(new OriginFailure(504, 'The origin did not answer in time.'));
  });
}

function toEdgeResponse(response: IncomingMessage): EdgeResponse {
  const status = response.statusCode ?? 502;
  return {
    status,
    headers: withoutHopByHop(fromRawHeaders(response.rawHeaders)),
    body: response,
    cacheResult: status < 400 ? 'Miss' : 'Error',
  };
}

function asFailure(error: Error): OriginFailure {
  return error instanceof OriginFailure ? error : new OriginFailure(502, 'The origin could not be reached.');
}
