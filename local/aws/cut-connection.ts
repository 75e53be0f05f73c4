import type { IncomingMessage } from 'node:http';
import type { Http2Session, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';

const socketsOfSessions = new WeakMap<Http2Session, Socket>();

export const rememberSocket = (session: Http2Session, socket: Socket) =>
  void socketsOfSessions.set(session, socket);

/**
 * Breaks the TCP connection under a request. An HTTP/2 session that is closed would send GOAWAY first,
 * which is not how connections break; every other stream on the connection goes down with it.
 */
export function cutConnection(request: IncomingMessage): void {
  const session = 'stream' in request ? (request.stream as ServerHttp2Stream).session : undefined;
  const socket = session === undefined ? request.socket : socketsOfSessions.get(session);
  socket?.destroy();
}
