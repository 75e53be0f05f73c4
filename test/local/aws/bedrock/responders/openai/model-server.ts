import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Stands for any server that speaks OpenAI's chat completions; each test says what it answers. */
export interface ModelServer {
  readonly url: string;
  answer: Answer;
  /** Of the last request. */
  received: { body: Record<string, unknown>; path: string | undefined; authorization: string | undefined };
  close(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const http = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    server.received = {
      body: JSON.parse(Buffer.concat(chunks).toString()),
      path: request.url,
      authorization: request.headers.authorization,
    };
    await server.answer(request, response);
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const server: ModelServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    answer: streams(''),
    received: { body: {}, path: undefined, authorization: undefined },
    async close() {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
  return server;
}

export const sse = (...chunks: (object | string)[]) =>
  chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join('');

export const streams =
  (body: string | Buffer): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.end(body);
  };

export const choice = (delta: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason: finish }],
});
export const delta = (content: string | null, finish: string | null = null) => choice({ content }, finish);
export const usage = { choices: [], usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 } };
