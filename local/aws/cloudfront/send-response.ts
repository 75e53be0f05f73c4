import { type ServerResponse, STATUS_CODES } from 'node:http';
import { pipeline } from 'node:stream';
import type { EdgeResponse } from './edge-request.ts';
import { viaOf } from './forwarding.ts';
import { append, toRawHeaders } from './header-map.ts';

/** Writes the answer with CloudFront's own headers. Headers leave at once, each chunk as it comes. */
export function sendResponse(response: EdgeResponse, requestId: string, out: ServerResponse): void {
  if (out.destroyed) {
    discardBody(response);
    return;
  }
  const headers = new Map(response.headers);
  headers.set('x-cache', [`${response.cacheResult} from cloudfront`]);
  append(headers, 'via', viaOf(requestId));
  headers.set('x-amz-cf-id', [requestId]);
  out.sendDate = !headers.has('date');
  out.writeHead(response.status, STATUS_CODES[response.status] ?? '', toRawHeaders(headers));
  if (response.body === undefined || Buffer.isBuffer(response.body)) {
    out.end(response.body);
    return;
  }
  out.flushHeaders();
  // An origin that breaks off mid-answer breaks the viewer's connection too, so that the loss shows.
  pipeline(response.body, out, () => {});
}

/** Frees the connection or file behind an answer that won't be sent. */
export function discardBody({ body }: Pick<EdgeResponse, 'body'>): void {
  if (body === undefined || Buffer.isBuffer(body)) return;
  // A file may be gone before it was opened; there is no other listener.
  body.on('error', () => {}).destroy();
}
