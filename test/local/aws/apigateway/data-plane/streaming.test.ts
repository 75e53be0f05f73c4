import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { integration, type StartedGateway, startGateway, streamed } from './start-gateway.ts';

let started: StartedGateway;

beforeAll(async () => {
  started = await startGateway();
  started.method('GET', '/s', { Integration: integration('s', true, { TimeoutInMillis: 900_000 }) });
  started.method('GET', '/short', { Integration: integration('s', true, { TimeoutInMillis: 100 }) });
});
afterAll(() => started.close());

const chunks = (...parts: (Buffer | string)[]) =>
  Readable.from(
    parts.map((part) => Buffer.from(part)),
    { objectMode: true },
  );

const open = (path = '/s') =>
  new Promise<IncomingMessage>((resolve, reject) =>
    httpGet(`${started.url}${path}`, resolve).on('error', reject),
  );

const head = {
  statusCode: 201,
  headers: { 'content-type': 'text/event-stream', 'x-a': 'ü'.length },
  multiValueHeaders: { 'x-b': ['1', '2'] },
  cookies: ['c=1', 'd=2'],
};

test('the prelude may be cut at any byte', async () => {
  const whole = streamed(head, 'data: grüße 🎉\n\n');
  for (let cut = 0; cut <= whole.length; cut += 1) {
    started.streams.s = () => chunks(whole.subarray(0, cut), whole.subarray(cut));
    const response = await fetch(`${started.url}/s`);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-b')).toBe('1, 2');
    expect(response.headers.getSetCookie()).toEqual(['c=1', 'd=2']);
    expect(await response.text()).toBe('data: grüße 🎉\n\n');
  }
});

test('the prelude may come byte by byte, and bodies may hold NUL bytes', async () => {
  const whole = Buffer.concat([streamed({ statusCode: 200 }, 'a'), Buffer.alloc(20), Buffer.from('z')]);
  started.streams.s = () => chunks(...Array.from(whole, (byte) => Buffer.from([byte])));
  const body = Buffer.from(await (await fetch(`${started.url}/s`)).arrayBuffer());
  expect(body).toEqual(Buffer.concat([Buffer.from('a'), Buffer.alloc(20), Buffer.from('z')]));
});

test.each([
  ['ends inside the JSON', [Buffer.from('{"statusCode":20')]],
  ['ends inside the delimiter', [streamed({ statusCode: 200 }, '').subarray(0, -1)]],
  ['is empty', []],
  ['has no status', [streamed({ headers: {} }, 'x')]],
  ['is not JSON', [Buffer.concat([Buffer.from('{x'), Buffer.alloc(8), Buffer.from('y')])]],
  ['is above 16 KB', [streamed({ statusCode: 200, headers: { a: 'x'.repeat(17_000) } }, 'y')]],
])('a prelude that %s is 502', async (_case, parts) => {
  started.streams.s = () => chunks(...parts);
  const response = await fetch(`${started.url}/s`);
  expect(response.status).toBe(502);
  expect(await response.json()).toEqual({ message: 'Internal server error' });
});

test('a function that fails before its prelude gets 502; after it, the connection breaks', async () => {
  started.streams.s = () =>
    new Readable({
      read() {
        this.destroy(new Error('crash'));
      },
    });
  expect((await fetch(`${started.url}/s`)).status).toBe(502);

  const stream = new PassThrough();
  started.streams.s = () => stream;
  const opened = open();
  stream.write(streamed({ statusCode: 200 }, 'begun'));
  const response = await opened;
  stream.destroy(new Error('crash'));
  await expect(response.toArray()).rejects.toThrow('aborted');
});

test('headers are there before the first byte of the body', async () => {
  const stream = new PassThrough();
  started.streams.s = () => stream;
  const opened = open();
  stream.write(streamed({ statusCode: 200, headers: { 'x-early': 'yes' } }, ''));
  const response = await opened;
  expect(response.headers['x-early']).toBe('yes');
  const first = once(response, 'data');
  stream.write('first');
  expect(String(await first)).toBe('first');
  stream.end('last');
  expect(String(Buffer.concat(await response.toArray()))).toBe('last');
});

/** A stream of `count` 64 KB chunks that counts how many were taken from it. */
function countedStream(count: number) {
  const state = { taken: 0, ended: false };
  const body = new Readable({
    highWaterMark: 1,
    read() {
      if (state.taken === count) {
        state.ended = true;
        this.push(null);
        return;
      }
      state.taken += 1;
      this.push(state.taken === 1 ? streamed({ statusCode: 200 }, '') : Buffer.alloc(65_536, 'x'));
    },
  });
  return { body, state };
}

/** By then a gateway that isn't held back has taken all of a stream: it answers that many other calls meanwhile. */
const otherCalls = 200;
async function answerOthers() {
  for (let call = 0; call < otherCalls; call += 1) await (await fetch(`${started.url}/unknown`)).text();
}

test('a reader who pauses holds the function back, and gets every byte in the end', async () => {
  const { body, state } = countedStream(2_000);
  started.streams.s = () => body;
  const response = await open();
  response.pause();
  await answerOthers();
  expect(state.taken).toBeLessThan(1_000);
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) bytes += chunk.length;
  expect(bytes).toBe(1_999 * 65_536);
});

test("when the caller leaves, the function's stream is drained to its end, not destroyed", async () => {
  const { body, state } = countedStream(2_000);
  started.streams.s = () => body;
  const response = await open();
  response.pause();
  await answerOthers();
  expect(state.ended).toBe(false);
  const closed = once(body, 'close');
  response.destroy();
  await closed;
  expect(state).toEqual({ taken: 2_000, ended: true });
  expect(body.errored).toBeNull();
});

describe('the function is told that the reader has left', () => {
  /** A function that has written `bytes`, and when it was told. */
  function waiting(bytes: Buffer | string) {
    const stream = new PassThrough();
    const begun = Promise.withResolvers<void>();
    const told = Promise.withResolvers<void>();
    let signal: AbortSignal | undefined;
    started.streams.s = (_event, readerGone) => {
      signal = readerGone;
      readerGone?.addEventListener('abort', () => told.resolve());
      begun.resolve();
      return stream;
    };
    stream.write(bytes);
    return { stream, begun: begun.promise, told: told.promise, wasTold: () => signal?.aborted };
  }

  test.each([
    ['before the prelude', ''],
    ['after the prelude', streamed({ statusCode: 200 }, '')],
    ['in the body', streamed({ statusCode: 200 }, 'begun')],
  ])('when the caller leaves %s', async (_when, bytes) => {
    const { stream, begun, told } = waiting(bytes);
    const request = httpGet(`${started.url}/s`).on('error', () => {});
    if (bytes.length > 0) await once(request, 'response');
    await begun;
    request.destroy();
    await told;
    const closed = once(stream, 'close');
    stream.end('and is drained all the same');
    await closed;
  });

  test('when the gateway stopped waiting', async () => {
    const { stream, told } = waiting('');
    expect((await fetch(`${started.url}/short`)).status).toBe(504);
    await told;
    stream.end();
  });

  test('but not when the answer was whole', async () => {
    const { stream, wasTold } = waiting(streamed({ statusCode: 200 }, 'whole'));
    stream.end();
    expect(await (await fetch(`${started.url}/s`)).text()).toBe('whole');
    await new Promise((resolve) => setImmediate(resolve));
    expect(wasTold()).toBe(false);
  });
});

test('a late prelude is a 504, and the stream is drained', async () => {
  const stream = new PassThrough();
  started.streams.s = () => stream;
  const response = await fetch(`${started.url}/short`);
  expect(response.status).toBe(504);
  expect(await response.json()).toEqual({ message: 'Endpoint request timed out' });
  const closed = once(stream, 'close');
  stream.end(streamed({ statusCode: 200 }, 'late'));
  await closed;
});

test('a stream that lasts too long is broken off', async () => {
  const stream = new PassThrough();
  started.streams.s = () => stream;
  const opened = open('/short');
  stream.write(streamed({ statusCode: 200 }, 'begun'));
  const response = await opened;
  await expect(response.toArray()).rejects.toThrow('aborted');
  const closed = once(stream, 'close');
  stream.end('late');
  await closed;
});

test('closing the server while calls wait leaves no timer behind', async () => {
  const other = await startGateway();
  other.method('GET', '/wait', { Integration: integration('wait', true, { TimeoutInMillis: 900_000 }) });
  other.method('GET', '/wait-buffered', { Integration: integration('wait') });
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  other.streams.wait = () => new PassThrough();
  other.functions.wait = () => new Promise(() => {});
  const calls = ['/wait', '/wait-buffered'].map(
    (path) =>
      new Promise((resolve) => httpGet(`${other.url}${path}`).on('error', () => resolve('broken off'))),
  );
  while (other.events.length < 2) await new Promise((resolve) => setImmediate(resolve));
  await other.close();
  expect(await Promise.all(calls)).toEqual(['broken off', 'broken off']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(timers()).toBeLessThanOrEqual(before);
});
