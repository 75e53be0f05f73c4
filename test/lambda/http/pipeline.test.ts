import { Readable } from 'node:stream';
import * as z from 'zod';
import { DaypassError } from '../../../core/errors.ts';
import { endingInTime } from '../../../lambda/call-time.ts';
import { jsonRoute, streamingRoute } from '../../../lambda/http/pipeline.ts';
import { toHeartbeatStream } from '../../../lambda/http/streaming/heartbeat.ts';
import { defineAwslambda } from '../../../local/aws/lambda/thread/awslambda-global.ts';
import type { ResponseStream } from '../../../local/aws/lambda/thread/response-stream.ts';
import { captureOutput } from './capture-output.ts';
import { proxyEvent, requestContext } from './proxy-event.ts';
import { runRoute, runStreamingRoute } from './run-route.ts';

defineAwslambda();

let output: ReturnType<typeof captureOutput>;
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.restore());

const input = { body: z.strictObject({ name: z.string() }) };
const echo = async ({ body }: { body: unknown }) => ({ status: 201, body: { got: body } });
const post = (body: unknown, parts: Parameters<typeof proxyEvent>[0] = {}) =>
  proxyEvent({ body: JSON.stringify(body), ...parts });

/** A service error as the SDK throws it. */
function sdkError(name: string, fault: 'client' | 'server', status: number): Error {
  return Object.assign(new Error(`${name} in table arn:secret`), {
    name,
    $fault: fault,
    $metadata: { httpStatusCode: status, attempts: 3 },
  });
}

const routes = {
  json: (work: () => Promise<never>) => {
    const route = jsonRoute({}, work);
    return () => runRoute(route, proxyEvent());
  },
  streaming: (work: () => Promise<never>) => {
    const route = streamingRoute({}, work);
    return () => runStreamingRoute(route, proxyEvent());
  },
};

describe('a call whose parts are null, as API Gateway’s test console sends it', () => {
  const parts = {
    headers: null as never,
    multiValueHeaders: null as never,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
  };
  const tell = async ({ headers, cookies, query }: { headers: object; cookies: string; query: unknown }) => ({
    status: 200,
    body: { headers, cookies, query },
  });

  test('has no headers, no cookies and no query', async () => {
    const route = jsonRoute({ query: z.strictObject({ limit: z.string().optional() }) }, tell);
    const answer = await runRoute(route, proxyEvent(parts));
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ headers: {}, cookies: '', query: {} });
  });

  test('is refused for its body’s type, which it can’t declare without headers', async () => {
    const answer = await runRoute(jsonRoute(input, echo), post({ name: 'ada' }, parts));
    expect(answer.statusCode).toBe(415);
    expect(JSON.parse(answer.body).error.code).toBe('unsupported_media_type');
  });

  test.each([[null], [undefined]])('is refused for its missing body when that is %s', async (body) => {
    const answer = await runRoute(jsonRoute(input, echo), proxyEvent({ ...parts, body: body as null }));
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body).error.code).toBe('invalid_request');
  });

  test('is refused likewise by a route that streams', async () => {
    const route = streamingRoute(input, async () => ({ status: 200, body: '' }));
    expect((await runStreamingRoute(route, proxyEvent(parts))).statusCode).toBe(400);
  });
});

describe('a JSON route', () => {
  test('answers with its status and body as JSON', async () => {
    const answer = await runRoute(jsonRoute(input, echo), post({ name: 'é' }));
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body)).toEqual({ got: { name: 'é' } });
  });

  test('forbids caching', async () => {
    const answer = await runRoute(jsonRoute(input, echo), post({ name: 'ada' }));
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('keeps the headers that its work adds', async () => {
    const route = jsonRoute({}, async () => ({
      status: 200,
      body: {},
      headers: { 'cache-control': 'no-cache', 'x-ratelimit-limit-requests': '10' },
    }));
    expect((await runRoute(route, proxyEvent())).headers).toMatchObject({
      'cache-control': 'no-cache',
      'x-ratelimit-limit-requests': '10',
      'content-type': 'application/json',
    });
  });

  test('reads a query by its schema, and headers whatever their case', async () => {
    const route = jsonRoute(
      { query: z.strictObject({ limit: z.coerce.number() }) },
      async ({ query, headers }) => ({ status: 200, body: { query, key: headers['x-api-key'] } }),
    );
    const event = proxyEvent({ queryStringParameters: { limit: '3' }, headers: { 'X-Api-KEY': 'k' } });
    expect(JSON.parse((await runRoute(route, event)).body)).toEqual({ query: { limit: 3 }, key: 'k' });
  });

  test('an optional body may be missing, a needed one not', async () => {
    const body = z.strictObject({ name: z.string().optional() });
    const optional = await runRoute(jsonRoute({ body, bodyOptional: true }, echo), proxyEvent());
    expect(JSON.parse(optional.body)).toEqual({ got: {} });
    const needed = await runRoute(jsonRoute({ body }, echo), proxyEvent());
    expect(needed.statusCode).toBe(400);
  });

  test('a body past the limits never reaches the handler', async () => {
    let worked = false;
    const route = jsonRoute(input, async () => {
      worked = true;
      return { status: 200, body: {} };
    });
    expect((await runRoute(route, proxyEvent({ body: '['.repeat(20_000) }))).statusCode).toBe(400);
    expect((await runRoute(route, post({ name: 'x'.repeat(70_000) }))).statusCode).toBe(413);
    expect((await runRoute(route, post({ name: 'a', more: 1 }))).statusCode).toBe(400);
    expect(worked).toBe(false);
  });

  test('a path that can’t be decoded is not found', async () => {
    const route = jsonRoute({}, async () => ({ status: 200, body: {} }));
    const answer = await runRoute(route, proxyEvent({ pathParameters: { id: '%zz' } }));
    expect(answer.statusCode).toBe(404);
    expect(JSON.parse(answer.body).error.code).toBe('not_found');
  });
});

describe('a streaming route', () => {
  const streamed = streamingRoute(input, async ({ body }) => ({
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    body: Readable.from([`data: ${body.name}\n\n`, 'data: [DONE]\n\n']),
  }));

  test('sends status and headers first, then its stream', async () => {
    const answer = await runStreamingRoute(streamed, post({ name: 'é' }));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(answer.body).toBe('data: é\n\ndata: [DONE]\n\n');
  });

  test('sends a text body whole', async () => {
    const route = streamingRoute({}, async () => ({ status: 200, body: '{"a":1}' }));
    expect((await runStreamingRoute(route, proxyEvent())).body).toBe('{"a":1}');
  });

  test('refuses with a real status before anything is sent', async () => {
    const answer = await runStreamingRoute(streamed, post({ nome: 'a' }));
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body).error.code).toBe('invalid_request');
  });
});

describe('a streaming route whose reader leaves', () => {
  /** A route that says one thing and is then silent until its caller has left; its end takes a while, as a write does. */
  function silentRoute() {
    const state = { told: false, ended: false };
    const begun = Promise.withResolvers<void>();
    const route = streamingRoute({}, async ({ signal }) => ({
      status: 200,
      body: toHeartbeatStream(
        (async function* () {
          try {
            yield 'data: 1\n\n';
            begun.resolve();
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            state.told = true;
          } finally {
            await new Promise((resolve) => setTimeout(resolve, 20));
            state.ended = true;
          }
        })(),
        ': keep-alive\n\n',
      ),
    }));
    return { route, state, begun: begun.promise };
  }

  test('is signalled, and the invocation succeeds once the route has ended', async () => {
    const { route, state, begun } = silentRoute();
    const answer = await runStreamingRoute(route, proxyEvent(), (stream) => {
      void begun.then(() => stream.readerGone());
    });
    expect(state).toEqual({ told: true, ended: true });
    expect(answer.body).toBe('data: 1\n\n');
  });

  test('by breaking the response stream is signalled too, and the invocation fails only once the route has ended', async () => {
    const { route, state, begun } = silentRoute();
    const running = runStreamingRoute(route, proxyEvent(), (stream) => {
      void begun.then(() => stream.destroy());
    });
    await expect(running).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(state).toEqual({ told: true, ended: true });
  });

  test('while the handler still waits is signalled too', async () => {
    let left = false;
    const route = streamingRoute({}, async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      left = signal.aborted;
      throw new DaypassError('caller_left', 'Gone.');
    });
    const answer = await runStreamingRoute(route, proxyEvent(), (stream) =>
      setImmediate(() => stream.readerGone()),
    );
    expect(left).toBe(true);
    expect(answer.statusCode).toBe(499);
  });

  test('after the end is not signalled', async () => {
    let told: AbortSignal | undefined;
    let response: ResponseStream | undefined;
    const route = streamingRoute({}, async ({ signal }) => {
      told = signal;
      return { status: 200, body: 'whole' };
    });
    await runStreamingRoute(route, proxyEvent(), (stream) => {
      response = stream;
    });
    response?.readerGone();
    await new Promise((resolve) => setImmediate(resolve));
    expect(response?.closed).toBe(true);
    expect(told?.aborted).toBe(false);
  });
});

describe('headers of every answer', () => {
  const refusing = jsonRoute({}, async () => {
    throw new DaypassError('not_found', 'Nothing there.');
  });
  const failing = streamingRoute({}, async () => {
    throw new Error('inside');
  });
  const answers: [string, () => Promise<{ headers: Record<string, string> }>][] = [
    ['a success', () => runRoute(jsonRoute(input, echo), post({ name: 'a' }))],
    ['a refusal', () => runRoute(refusing, proxyEvent())],
    [
      'a streamed success',
      () =>
        runStreamingRoute(
          streamingRoute({}, async () => ({ status: 200, body: '' })),
          proxyEvent(),
        ),
    ],
    ['a streamed failure', () => runStreamingRoute(failing, proxyEvent())],
  ];

  test.each(answers)(
    '%s names its request, may be read by any origin, and can’t be shown as a page',
    async (_, run) => {
      const { headers } = await run();
      const lower = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      expect(lower).toMatchObject({
        'x-request-id': 'request-1=',
        'access-control-allow-origin': '*',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(lower['access-control-expose-headers']?.split(',')).toEqual(
        expect.arrayContaining([
          'x-request-id',
          'retry-after',
          'x-should-retry',
          'x-ratelimit-remaining-requests',
        ]),
      );
      expect(lower).not.toHaveProperty('access-control-allow-credentials');
      expect(lower).not.toHaveProperty('x-powered-by');
    },
  );
});

describe.each(Object.entries(routes))('errors on a %s route', (_, make) => {
  const answerTo = (error: unknown) =>
    make(async () => {
      throw error;
    })();

  test('a refusal keeps its status, code, field and headers', async () => {
    const refusal = new DaypassError('quota_exceeded', 'All used.', {
      param: 'plan',
      retryAfterSeconds: 12.2,
      headers: { 'x-should-retry': 'false' },
    });
    const answer = await answerTo(refusal);
    expect(answer.statusCode).toBe(429);
    expect(JSON.parse(answer.body)).toEqual({
      error: {
        message: 'All used.',
        type: 'insufficient_quota',
        code: 'quota_exceeded',
        param: 'plan',
        docs: '/docs#error-quota_exceeded',
      },
    });
    expect(answer.headers).toMatchObject({
      'retry-after': '13',
      'x-should-retry': 'false',
      'cache-control': 'no-store',
      'content-type': 'application/json',
    });
  });

  test.each([
    ['an Error', new Error('password hunter2')],
    ['a TypeError', new TypeError('hunter2 is undefined')],
    ['a text', 'hunter2'],
    ['an error of the SDK that is our own fault', sdkError('ValidationException', 'client', 400)],
    ['a missing permission', sdkError('AccessDeniedException', 'client', 400)],
  ])('%s reveals nothing of itself', async (__, error) => {
    const answer = await answerTo(error);
    expect(answer.statusCode).toBe(500);
    expect(JSON.parse(answer.body).error).toEqual({
      message: 'Something went wrong on our side. Try again, and quote the request id.',
      type: 'api_error',
      code: 'internal_error',
      param: null,
      docs: '/docs#error-internal_error',
    });
  });

  test.each([
    ['a server error', sdkError('InternalServerError', 'server', 500)],
    ['throttling', sdkError('ThrottlingException', 'client', 400)],
    ['API Gateway’s throttling', sdkError('TooManyRequestsException', 'client', 429)],
    ['too much for a partition', sdkError('ProvisionedThroughputExceededException', 'client', 400)],
    ['a transaction in the way', sdkError('TransactionConflictException', 'client', 400)],
    ['a time-out', Object.assign(new Error('socket hang up'), { name: 'TimeoutError' })],
    ['a refused connection', Object.assign(new Error('10.0.0.1'), { code: 'ECONNREFUSED' })],
    ['an unreachable host', Object.assign(new Error('10.0.0.1'), { code: 'EHOSTUNREACH' })],
    ['a broken connection', Object.assign(new Error('10.0.0.1'), { code: 'ECONNRESET' })],
    ['a name that does not resolve', Object.assign(new Error('db.internal'), { code: 'ENOTFOUND' })],
  ])('a dependency that fails is a 503 with the time to retry: %s', async (__, error) => {
    const answer = await answerTo(error);
    expect(answer.statusCode).toBe(503);
    expect(JSON.parse(answer.body).error).toEqual({
      message: 'A part of this service did not answer. Try again in a moment.',
      type: 'api_error',
      code: 'service_unavailable',
      param: null,
      docs: '/docs#error-service_unavailable',
    });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

test('the log names the caller by id, for users and keys', async () => {
  const route = jsonRoute({}, async () => ({ status: 200, body: {} }));
  const context = requestContext({ claims: { sub: 'ada', email: 'ada@example.com' }, apiKeyId: 'k1' });
  await runRoute(route, proxyEvent({ requestContext: context }));
  expect(output.lines()).toEqual([
    expect.objectContaining({
      level: 'INFO',
      requestId: 'request-1=',
      method: 'POST',
      route: '/v1/things',
      status: 200,
      userId: 'ada',
      apiKeyId: 'k1',
    }),
  ]);
  expect(output.text()).not.toContain('ada@example.com');
});

test('a JSON route whose calls to AWS outlast its time ends with a 503', async () => {
  const client = endingInTime({
    send: (_command: never, { abortSignal }: { abortSignal?: AbortSignal } = {}) =>
      new Promise<never>((_resolve, reject) => {
        abortSignal?.addEventListener('abort', () =>
          reject(Object.assign(new Error('aborted'), { name: 'AbortError' })),
        );
      }),
  });
  const route = jsonRoute({ timeMs: 1 }, () => client.send('Hang' as never));
  expect(await runRoute(route, proxyEvent())).toMatchObject({ statusCode: 503 });
});
