import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Answers what never became a request (bytes that aren't HTTP, a head over 16 kB, one that never ends) in the one
 * shape of refusals: Node's own answer has no body. A listener of a server's `clientError`.
 */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  // Where something was sent, an answer may be under way, and this one would be read as a part of it.
  const hasBegun = socket instanceof Socket && socket.bytesWritten > 0;
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegun) {
    socket.destroy();
    return;
  }
  const { status, message } = reasonOf(error.code);
  const body = JSON.stringify({
    error: { message, type: 'invalid_request_error', code: 'invalid_request', param: null },
  });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'access-control-allow-origin: *',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function reasonOf(code: string | undefined): { status: number; message: string } {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, message: 'The headers are over 16 kB together.' };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, message: 'The request did not end in time.' };
  return { status: 400, message: 'The request is not well-formed HTTP.' };
}
