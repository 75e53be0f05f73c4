import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';

export interface Received {
  headers: Record<string, string>;
  body: string;
  socket: Socket;
  /** Whether its TLS session had begun on an earlier connection. */
  isResumed: boolean;
}

/** What a service does with a call. */
export type Reaction = (call: Received) => void;

export interface StubService {
  url: string;
  received: Received[];
  connections: Socket[];
  /** One reaction for each call that follows; the last one for all others. */
  react(...reactions: Reaction[]): void;
  close(): Promise<void>;
}

/** A service that speaks HTTP/1.1 and does what it is told, byte by byte if need be. */
export async function startStub(tls?: { key: string; cert: string }): Promise<StubService> {
  const received: Received[] = [];
  const connections: Socket[] = [];
  let reactions: Reaction[] = [];
  const listen = (socket: Socket) => {
    connections.push(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      const headEnd = text.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const [, ...lines] = text.slice(0, headEnd).split('\r\n');
      const headers = Object.fromEntries(lines.map((line) => line.toLowerCase().split(/: (.*)/s)));
      const end = headEnd + 4 + Number(headers['content-length'] ?? 0);
      if (text.length < end) return;
      const isResumed = socket instanceof TLSSocket && socket.isSessionReused();
      const call = { headers, body: text.slice(headEnd + 4, end), socket, isResumed };
      text = text.slice(end);
      received.push(call);
      const reaction = reactions.length > 1 ? reactions.shift() : reactions[0];
      reaction?.(call);
    });
  };
  const server: Server = tls === undefined ? createPlainServer(listen) : createTlsServer(tls, listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    received,
    connections,
    react(...next) {
      reactions = next;
      received.length = 0;
    },
    async close() {
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A whole answer, as bytes. */
export function answerBytes(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Buffer {
  const all = {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': `${Buffer.byteLength(body)}`,
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${lines.join('')}\r\n`),
    Buffer.from(body),
  ]);
}

export const answer =
  (status: number, body: object, headers?: Record<string, string>): Reaction =>
  ({ socket }) =>
    void socket.write(answerBytes(status, JSON.stringify(body), headers));

export const refuse = (name: string, status = 400, message = 'no'): Reaction =>
  answer(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message });

export const hang: Reaction = () => {};
export const reset: Reaction = ({ socket }) => void socket.resetAndDestroy();

/** Sends these bytes and closes. */
export const cutAfter =
  (bytes: Buffer): Reaction =>
  ({ socket }) =>
    void socket.end(bytes);
