import type { IncomingMessage } from 'node:http';
import { GatewayFailure } from '../rest-api/gateway-failures.ts';

const limitBytes = 10 * 1024 * 1024;

/** The client left before its body was complete; there is no one to answer. */
export class CallerGone extends Error {}

/**
 * @throws GatewayFailure as soon as the body is known to be above 10 MB. The rest is not kept, and a
 *   caller who goes on sending is cut off after another 10 MB.
 */
export function readPayload(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
    discard(request);
    return Promise.reject(new GatewayFailure('REQUEST_TOO_LARGE'));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const keep = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= limitBytes) return;
      request.off('data', keep);
      discard(request);
      reject(new GatewayFailure('REQUEST_TOO_LARGE'));
    };
    request.on('data', keep);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(new CallerGone()));
    request.once('close', () => request.readableEnded || reject(new CallerGone()));
  });
}

function discard(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > 2 * limitBytes) request.destroy();
  });
}
