import { Agent, request } from 'node:http';

export const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export interface Target {
  port: number;
  path: string;
  headers?: Record<string, string>;
}

export interface Timed {
  text: string;
  status: number;
  /** Names and values in turn. */
  headers: string[];
  /** Milliseconds until the first byte of the body that holds text of the answer, and until the end. */
  firstMs: number;
  totalMs: number;
}

/** @param isFirst finds the first token in what has come so far */
export function call(
  { port, path, headers = {} }: Target,
  body: object | undefined,
  isFirst: (text: string) => boolean = () => true,
): Promise<Timed> {
  return new Promise((done, fail) => {
    const startedAt = performance.now();
    let firstMs = 0;
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        path,
        agent,
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('latin1');
        response.on('data', (piece: string) => {
          text += piece;
          if (firstMs === 0 && isFirst(text)) firstMs = performance.now() - startedAt;
        });
        response.on('end', () =>
          done({
            text,
            headers: response.rawHeaders,
            status: response.statusCode ?? 0,
            firstMs,
            totalMs: performance.now() - startedAt,
          }),
        );
        response.on('error', fail);
      },
    );
    sent.on('error', fail);
    sent.end(body && JSON.stringify(body));
  });
}

/** @returns all calls, in the order in which they ended */
export async function many(calls: number, atOnce: number, one: () => Promise<Timed>): Promise<Timed[]> {
  const ended: Timed[] = [];
  let left = calls;
  const worker = async () => {
    while (left-- > 0) ended.push(await one());
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, calls) }, worker));
  return ended;
}
