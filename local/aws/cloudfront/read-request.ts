import type { IncomingMessage } from 'node:http';
import type { EdgeRequest } from './edge-request.ts';
import { fromRawHeaders } from './header-map.ts';

/** The viewer's request as the edge handles it. */
export function readRequest(id: string, request: IncomingMessage): EdgeRequest {
  const target = request.url ?? '/';
  const question = target.indexOf('?');
  const headers = fromRawHeaders(request.rawHeaders);
  const hasBody = headers.has('transfer-encoding') || Number(request.headers['content-length'] ?? 0) > 0;
  return {
    id,
    method: request.method ?? 'GET',
    path: question === -1 ? target : target.slice(0, question),
    query: question === -1 ? '' : target.slice(question + 1),
    headers,
    viewerAddress: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    viewerPort: request.socket.remotePort ?? 0,
    body: hasBody ? request : undefined,
  };
}

/** Behaviours are chosen by the path without `.` and `..`; the origin gets it as it was sent. RFC 3986 keeps each slash. */
export function normalizedPath(path: string): string {
  return URL.parse(`http://edge${path}`)?.pathname ?? path;
}
