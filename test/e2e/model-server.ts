import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenAI-compatible model (`DAYPASS_MODEL_URL`) that says what a test tells it, when it tells it. */
export interface ModelServer {
  url: string;
  /** The oldest answer that was asked for and not handed out yet. */
  asked(): Promise<ModelAnswer>;
  close(): Promise<void>;
}

export interface ModelAnswer {
  /** Resolves when the connection takes more. */
  say(text: string): Promise<void>;
  /** Ends the answer as a whole one, telling the tokens it took. */
  finish(usage?: { prompt_tokens: number; completion_tokens: number }): void;
  /** Resolves when whoever asked is gone, with `performance.now()`. */
  left: Promise<number>;
}

export async function startModelServer(): Promise<ModelServer> {
  const answers: ModelAnswer[] = [];
  const waiting: ((answer: ModelAnswer) => void)[] = [];
  const server = createServer((request, response) => {
    request.resume();
    const answer = answerOn(response);
    const next = waiting.shift();
    if (next === undefined) answers.push(answer);
    else next(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked() {
      const oldest = answers.shift();
      return oldest === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(oldest);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerOn(response: ServerResponse): ModelAnswer {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  const left = new Promise<number>((resolve) => {
    response.once('close', () => resolve(performance.now()));
  });
  const chunk = (choice: object, rest: object = {}) =>
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }], ...rest })}\n\n`);
  return {
    left,
    async say(text) {
      if (!chunk({ delta: { content: text } })) await Promise.race([once(response, 'drain'), left]);
    },
    finish(usage = { prompt_tokens: 7, completion_tokens: 5 }) {
      chunk({ delta: {}, finish_reason: 'stop' }, { usage });
      response.end('data: [DONE]\n\n');
    },
  };
}
