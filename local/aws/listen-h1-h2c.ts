import { createServer as createHttp1Server, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { listen } from '../http/listen.ts';
import { rememberSocket } from './cut-connection.ts';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

const http2Preface = Buffer.from('PRI');

/**
 * HTTP/1.1 and HTTP/2 with prior knowledge on one port of 127.0.0.1, distinguished by a connection's first bytes.
 * `close` breaks the connections still open.
 */
export async function listenH1AndH2c(
  port: number,
  listener: RequestListener,
): Promise<{ port: number; close(): Promise<void> }> {
  const http1 = createHttp1Server({ keepAliveTimeout: 120_000 }, listener);
  const http2 = createHttp2Server((request, response) =>
    // The compatibility layer's objects have all members of their HTTP/1.1 namesakes that are used here.
    listener(request as unknown as IncomingMessage, response as unknown as ServerResponse),
  );
  const sockets = new Set<Socket>();

  const tcp = createTcpServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    readPreface(socket, (isHttp2) => {
      if (!isHttp2) return http1.emit('connection', socket);
      http2.once('session', (session) => rememberSocket(session, socket));
      return http2.emit('connection', socket);
    });
  });

  await listen(tcp, port);

  return {
    port: (tcp.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        tcp.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Looks at the first three bytes and puts them back; a connection may deliver them one by one. */
function readPreface(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const look = () => {
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read())
      seen = Buffer.concat([seen, chunk]);
    const compared = Math.min(seen.length, http2Preface.length);
    const couldBeHttp2 = seen.subarray(0, compared).equals(http2Preface.subarray(0, compared));
    if (couldBeHttp2 && compared < http2Preface.length) return;
    socket.off('readable', look);
    if (seen.length > 0) socket.unshift(seen);
    decide(couldBeHttp2);
  };
  socket.on('readable', look);
}
