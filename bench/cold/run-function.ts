import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { Writable } from 'node:stream';

/**
 * A fresh process that imports a function's bundle, its first argument, and calls it so many times as the second says.
 * Without anything in front, so that all CPU between is the function's.
 */

type Handler = (event: object, stream: Writable, context: object) => Promise<void>;

Object.defineProperty(globalThis, 'awslambda', {
  writable: true,
  value: {
    streamifyResponse: (handler: Handler) => handler,
    HttpResponseStream: { from: (stream: Writable) => stream },
  },
});
// One log line a call is what production writes.
process.stdout.write = () => true;

const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 900_000 };
const event = {
  httpMethod: 'POST',
  resource: '/v1/chat/completions',
  path: '/v1/chat/completions',
  headers: { 'Content-Type': 'application/json' },
  multiValueHeaders: {},
  pathParameters: null,
  queryStringParameters: null,
  requestContext: { extendedRequestId: 'bench=', identity: { sourceIp: '192.0.2.1', apiKeyId: 'key1' } },
  isBase64Encoded: false,
  body: JSON.stringify({
    model: 'nova-lite',
    stream: true,
    max_completion_tokens: 4000,
    messages: [{ role: 'user', content: 'say 50' }],
  }),
};

/** @returns when the first token came */
async function call(handler: Handler): Promise<number> {
  const startedAt = performance.now();
  let text = '';
  let firstMs = 0;
  const stream = new Writable({
    decodeStrings: false,
    write(piece: string | Buffer, _encoding, done) {
      text += piece;
      if (firstMs === 0 && text.includes(' word')) firstMs = performance.now() - startedAt;
      done();
    },
  });
  await handler(event, stream, context);
  if (!text.includes('"finish_reason":"stop"')) throw new Error(`No whole answer: ${text.slice(-300)}`);
  return firstMs;
}

async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

async function calls(handler: Handler, count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) await call(handler);
}

const [file = '', count = '0'] = process.argv.slice(2);
let handler: Handler | undefined;
const startedAt = performance.now();
const importCpu = await cpuMs(async () => {
  handler = (createRequire(import.meta.url)(file) as { handler: Handler }).handler;
});
const importMs = performance.now() - startedAt;
const figures: Record<string, number> = {
  'import, ms': importMs,
  'CPU of the import, ms': importCpu,
  'memory after it, MiB': process.memoryUsage().rss / 2 ** 20,
};
if (handler !== undefined && Number(count) > 0) {
  const one = handler;
  let firstMs = 0;
  figures['CPU of call 1, ms'] = await cpuMs(async () => {
    firstMs = await call(one);
  });
  figures['import and first token, ms'] = importMs + firstMs;
  figures['memory after call 1, MiB'] = process.memoryUsage().rss / 2 ** 20;
  figures['CPU a call, 2–10, ms'] = (await cpuMs(() => calls(one, 9))) / 9;
  figures['CPU a call, 11–50, ms'] = (await cpuMs(() => calls(one, 40))) / 40;
}
process.send?.(figures);
// Kept connections would hold the process.
process.disconnect?.();
process.exit();
