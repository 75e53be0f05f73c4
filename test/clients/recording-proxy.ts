import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a client, and how it was answered. */
export interface Exchange {
  method: string;
  path: string;
  /** The headers that choose what a body means. */
  headers: Record<string, string>;
  /** The parsed JSON, or undefined. */
  body: unknown;
  status: number;
  answer: string;
}

export interface RecordingProxy {
  url: string;
  /** The calls since it was last asked, in the order in which they began. */
  take(): Exchange[];
  stop(): Promise<void>;
}

const keptHeaders = ['anthropic-version', 'anthropic-beta', 'openai-beta'];

/** Passes on every call to `target`, byte for byte, and keeps what was said. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  let exchanges: Exchange[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const sent = await readAll(incoming);
    const exchange: Exchange = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: Object.fromEntries(
        keptHeaders.flatMap((name) => {
          const value = incoming.headers[name];
          return value === undefined ? [] : [[name, String(value)]];
        }),
      ),
      body: parse(sent),
      status: 0,
      answer: '',
    };
    exchanges.push(exchange);
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const onward = request(new URL(exchange.path, target), { method: exchange.method, headers }, (answer) => {
      exchange.status = answer.statusCode ?? 0;
      outgoing.writeHead(exchange.status, answer.headers);
      answer.on('data', (chunk: Buffer) => {
        exchange.answer += chunk.toString();
        outgoing.write(chunk);
      });
      answer.on('end', () => outgoing.end());
      answer.on('error', () => outgoing.destroy());
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    onward.end(sent);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = exchanges;
      exchanges = [];
      return taken;
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = await Array.fromAsync(incoming);
  return Buffer.concat(chunks);
}

function parse(sent: Buffer): unknown {
  try {
    return JSON.parse(sent.toString());
  } catch {
    return undefined;
  }
}
