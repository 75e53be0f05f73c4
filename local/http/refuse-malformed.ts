import { STATUS_CODES } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** How a server answers what never became a request. */
export type MalformedAnswer = (
  reason: 'malformed' | 'too-large' | 'too-slow',
  message: string,
) => { status: number; contentType: string; headers: readonly string[]; body: string };

/**
 * Answers what never became a request (bytes that aren't HTTP, a head that is too large or never ends): Node's own answer
 * has no body.
 * @returns a listener of a server's `clientError`
 */
export function refuseMalformed(form: MalformedAnswer) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    // Where something was sent, an answer may be under way, and this one would be read as a part of it.
    const hasBegun = socket instanceof Socket && socket.bytesWritten > 0;
    if (error.code === 'ECONNRESET' || !socket.writable || hasBegun) {
      socket.destroy();
      return;
    }
    const { status, contentType, headers, body } = form(...reasonOf(error.code));
    socket.end(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        `content-type: ${contentType}`,
        `content-length: ${Buffer.byteLength(body)}`,
        ...headers,
        'connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  };
}

const statuses = { malformed: 400, 'too-large': 431, 'too-slow': 408 };

/** The common error shape. */
export const malformedJson: MalformedAnswer = (reason, message) => ({
  status: statuses[reason],
  contentType: 'application/json',
  headers: ['access-control-allow-origin: *'],
  body: JSON.stringify({
    error: { message, type: 'invalid_request_error', code: 'invalid_request', param: null },
  }),
});

function reasonOf(code: string | undefined): Parameters<MalformedAnswer> {
  if (code === 'HPE_HEADER_OVERFLOW') return ['too-large', 'The headers are too large together.'];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['too-slow', 'The request did not end in time.'];
  return ['malformed', 'The request is not well-formed HTTP.'];
}
