import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface ForwardedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer | string;
}

export interface ForwardedResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** The part of HTTP that concerns one connection only; the rest is passed on as it is. */
const perConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

export interface Forwarder {
  /** @throws when no complete answer comes; it never sends twice, since the first call may have been applied */
  send(to: URL, request: ForwardedRequest): Promise<ForwardedResponse>;
  close(): void;
}

/** Passes requests on over kept-alive connections. */
export function createForwarder(): Forwarder {
  const settings = { keepAlive: true, maxSockets: 64, scheduling: 'lifo' } as const;
  const http = new HttpAgent(settings);
  const https = new HttpsAgent(settings);
  return {
    send: (to, request) =>
      new Promise((resolve, reject) => {
        const options = {
          host: to.hostname,
          port: to.port,
          method: request.method,
          path: request.path,
          headers: { ...passedOn(request.headers), 'content-length': Buffer.byteLength(request.body) },
        };
        const onResponse = (response: IncomingMessage) => collect(response).then(resolve, reject);
        const outgoing =
          to.protocol === 'https:'
            ? httpsRequest({ ...options, agent: https }, onResponse)
            : httpRequest({ ...options, agent: http }, onResponse);
        outgoing.once('error', reject);
        outgoing.end(request.body);
      }),
    close() {
      http.destroy();
      https.destroy();
    },
  };
}

function collect(response: IncomingMessage): Promise<ForwardedResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('error', reject);
    response.once('close', () => response.readableEnded || reject(new Error('The answer was cut short.')));
    response.once('end', () =>
      resolve({
        status: response.statusCode ?? 502,
        headers: passedOn(response.headers),
        body: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks),
      }),
    );
  });
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':') || perConnection.has(name)) continue;
    kept[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return kept;
}
