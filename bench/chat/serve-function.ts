import { createServer, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';

/** One function behind HTTP, as AWS's runtime would call it: its bundle is the first argument. A process of its own. */

type Handler = (event: object, stream: ServerResponse, context: object) => Promise<void>;

Object.defineProperty(globalThis, 'awslambda', {
  writable: true,
  value: {
    streamifyResponse: (handler: Handler) => handler,
    HttpResponseStream: {
      from(
        stream: ServerResponse,
        { statusCode, headers }: { statusCode: number; headers: Record<string, string> },
      ) {
        stream.writeHead(statusCode, headers);
        return stream;
      },
    },
  },
});
// One log line a call is what production writes; here it would only fill the pipe.
let logBytes = 0;
process.stdout.write = (line: string | Uint8Array) => {
  logBytes += line.length;
  return true;
};

const before = performance.now();
const { handler } = createRequire(import.meta.url)(process.argv[2] as string) as { handler: Handler };
const importMs = performance.now() - before;

const requestContext = (apiKeyId: string) => ({
  extendedRequestId: 'bench=',
  identity: { sourceIp: '192.0.2.1', apiKeyId },
});
const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 900_000 };

const server = createServer((request, response) => {
  if (request.url === '/usage') {
    const { user, system } = process.cpuUsage();
    const { rss } = process.memoryUsage();
    return void response.end(JSON.stringify({ cpuMicroseconds: user + system, rss, importMs, logBytes }));
  }
  let body = '';
  request.setEncoding('utf8').on('data', (piece: string) => {
    body += piece;
  });
  request.on('end', () => {
    const route = { httpMethod: 'POST', resource: '/v1/chat/completions', path: '/v1/chat/completions' };
    const encoding = request.headers['accept-encoding'];
    const event = {
      ...route,
      headers: {
        'Content-Type': 'application/json',
        ...(encoding !== undefined && { 'Accept-Encoding': encoding }),
      },
      multiValueHeaders: {},
      pathParameters: null,
      queryStringParameters: null,
      requestContext: requestContext(String(request.headers['x-bench-key'] ?? 'key1')),
      body,
      isBase64Encoded: false,
    };
    handler(event, response, context).catch((error: Error) => response.destroy(error));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
// Ends with the measurement, however that ends.
process.once('disconnect', () => process.exit());
