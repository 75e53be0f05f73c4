import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { LambdaFunctionError } from '../../../../local/aws/lambda/invocation-errors.ts';
import { freeRunningBytes } from '../../../../local/aws/lambda/response-body.ts';
import { type Hosted, hostWith } from './host-with.ts';

let hosted: Hosted;
afterEach(() => hosted.close());

const streaming = (body: string) =>
  hostWith(`exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} })`);
const nuls = '\0'.repeat(8);
const httpType = 'application/vnd.awslambda.http-integration-response';
const http = 'stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });';

test('an HTTP response begins with its prelude as JSON and eight NUL bytes', async () => {
  hosted = streaming(`${http} stream.write('one '); stream.write(Buffer.from('two')); stream.end();`);
  const { contentType, body } = await hosted.stream();
  expect(contentType).toBe(httpType);
  expect(await text(body)).toBe(`{"statusCode":201}${nuls}one two`);
});

test.each([
  ['end without a write', `${http} stream.end();`],
  ['an empty write', `${http} stream.write(''); stream.end();`],
])('an empty body has its prelude too: %s', async (_what, body) => {
  hosted = streaming(body);
  expect(await text((await hosted.stream()).body)).toBe(`{"statusCode":201}${nuls}`);
});

test('without a prelude the stream is plain bytes, objects as JSON, with the content type set', async () => {
  hosted = streaming(`stream.setContentType('text/plain'); stream.write({ a: 1 }); stream.end(' end');`);
  const { contentType, body } = await hosted.stream();
  expect(contentType).toBe('text/plain');
  expect(await text(body)).toBe('{"a":1} end');
});

test('a content type after the first write is refused', async () => {
  hosted = streaming(`stream.write('x'); stream.setContentType('text/plain');`);
  const { body } = await hosted.stream();
  await expect(text(body)).rejects.toMatchObject({
    payload: expect.stringContaining('Runtime.InvalidStreamingOperation'),
  });
});

test('the response begins while the function still runs', async () => {
  hosted = streaming(`${http} stream.write('first'); while (!require('node:fs').existsSync(event.until)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  } stream.end();`);
  const until = join(hosted.definition.codeDirectory, 'go');
  const { body } = await hosted.stream({ until });
  await once(body, 'readable');
  expect(hosted.stats()).toMatchObject({ busy: 1 });
  writeFileSync(until, '');
  expect(await text(body)).toMatch(/first$/);
});

test('bytes arrive whole and in order, whatever their size', async () => {
  hosted = streaming(`for (let n = 0; n < 400; n += 1) {
    if (!stream.write('é'.repeat(n * 7) + '|')) await new Promise((resolve) => stream.once('drain', resolve));
  } stream.end();`);
  const expected = Array.from({ length: 400 }, (_, n) => `${'é'.repeat(n * 7)}|`).join('');
  expect(await text((await hosted.stream()).body)).toBe(expected);
});

test('a slow reader of a long answer makes the function wait, and bounded bytes are held for it', async () => {
  let writtenBytes = 0;
  const detail = (_tag: string, line: string) => {
    if (/^\d+$/.test(line)) writtenBytes = Number(line);
  };
  hosted = hostWith(
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
       const chunk = Buffer.alloc(16_384);
       for (let n = 1; n <= 1280; n += 1) {
         if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
         console.log(n * chunk.length);
       }
       stream.end();
     })`,
    {},
    { log: { info() {}, warn() {}, detail } },
  );
  const { body } = await hosted.stream();
  for (let before = -1; before !== writtenBytes || writtenBytes < freeRunningBytes; ) {
    before = writtenBytes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(writtenBytes).toBeLessThan(freeRunningBytes + 512 * 1024);
  let receivedBytes = 0;
  for await (const chunk of body) receivedBytes += (chunk as Buffer).length;
  expect(receivedBytes).toBe(1280 * 16_384);
});

/** Writes `event.count` chunks of 16 KB, as fast as it may. */
const chunks = `const chunk = Buffer.alloc(16_384, 'x');
  for (let n = 0; n < event.count; n += 1) {
    if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
  }
  stream.end();`;

test('a reader who doesn’t read occupies no environment: it is free once the function has written everything', async () => {
  hosted = hostWith(
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${chunks} })`,
    {},
    { maxEnvironments: 2 },
  );
  const unread = await Promise.all(Array.from({ length: 60 }, () => hosted.stream({ count: 10 })));
  while (hosted.stats()?.busy !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(hosted.host.stats()).toMatchObject({ environments: 2 });
  const read = await Promise.all(unread.map(({ body }) => text(body)));
  expect(read.map((body) => body.length)).toEqual(Array(60).fill(10 * 16_384));
  expect(hosted.host.stats().responseBytes).toBe(0);
});

test('the bytes held for all slow readers together are bounded, and each reader still gets every byte', async () => {
  const maxResponseBytes = 2 ** 20;
  hosted = hostWith(
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${chunks} })`,
    {},
    { maxResponseBytes },
  );
  const unread = await Promise.all(Array.from({ length: 4 }, () => hosted.stream({ count: 64 })));
  while (hosted.host.stats().responseBytes < maxResponseBytes) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // Each function may have its window on its way.
  expect(hosted.host.stats().responseBytes).toBeLessThan(maxResponseBytes + 4 * 128 * 1024);
  const [left, ...others] = unread;
  left?.body.destroy();
  const read = await Promise.all(others.map(({ body }) => text(body)));
  expect(read.map((body) => body.length)).toEqual(Array(3).fill(64 * 16_384));
  expect(hosted.host.stats().responseBytes).toBe(0);
});

test('a reader who leaves does not stop the function, which runs to its end', async () => {
  hosted = streaming(`const chunk = Buffer.alloc(65_536);
    if (event.ask) { stream.end(String(globalThis.finished)); return; }
    for (let n = 0; n < 100; n += 1) {
      if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
    }
    stream.end(); globalThis.finished = true;`);
  const { body } = await hosted.stream();
  await once(body, 'readable');
  body.destroy();
  while (hosted.stats()?.busy !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await text((await hosted.stream({ ask: true })).body)).toBe('true');
});

describe('the notice to a function that its reader has left', () => {
  /** With something under way, as a model's answer is: a function with nothing to wait for has ended. */
  const untilGone = `const underWay = setInterval(() => {}, 1000);
    const gone = new Promise((resolve) => stream.once('aborted', resolve)).then(() => clearInterval(underWay));`;

  test.each([
    ['before its first byte', ''],
    ['in the middle', `stream.write('begun');`],
  ])('%s comes once, and writes are still accepted', async (_when, before) => {
    hosted = streaming(`if (event.ask) { stream.end(JSON.stringify(globalThis.seen)); return; }
      globalThis.seen = { told: 0, wrote: 0, closed: false };
      stream.on('aborted', () => { globalThis.seen.told += 1; });
      ${untilGone} ${before}
      await gone;
      globalThis.seen.closed = stream.closed;
      const chunk = Buffer.alloc(65_536);
      for (; globalThis.seen.wrote < 20; globalThis.seen.wrote += 1) {
        if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
      }
      stream.end();`);
    const readerGone = new AbortController();
    const streamed = hosted.stream({}, readerGone.signal);
    if (before === '')
      while (hosted.stats()?.busy !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
    else await streamed;
    readerGone.abort();
    (await streamed).body.destroy();
    while (hosted.stats()?.busy !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(JSON.parse(await text((await hosted.stream({ ask: true })).body))).toEqual({
      told: 1,
      wrote: 20,
      closed: false,
    });
  });

  test('comes if the reader was gone before the call began', async () => {
    hosted = streaming(`${untilGone} await gone; stream.end('told');`);
    expect(await text((await hosted.stream({}, AbortSignal.abort())).body)).toBe('told');
  });

  test('does not come for the reader of an earlier call', async () => {
    hosted = streaming(`let told = 0; stream.on('aborted', () => { told += 1; });
      await new Promise((resolve) => setTimeout(resolve, event.wait));
      stream.end(String(told));`);
    const earlier = new AbortController();
    expect(await text((await hosted.stream({ wait: 0 }, earlier.signal)).body)).toBe('0');
    const running = hosted.stream({ wait: 100 });
    earlier.abort();
    expect(await text((await running).body)).toBe('0');
  });
});

test('a failure before the first byte rejects with the error Lambda reports', async () => {
  hosted = streaming(`throw new TypeError('early')`);
  const error = await hosted.stream().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LambdaFunctionError);
  expect(JSON.parse((error as LambdaFunctionError).payload)).toMatchObject({ errorMessage: 'early' });
});

test.each([
  ['an error', `throw new TypeError('late')`, 'late'],
  ['an exit', 'process.exit(1)', 'Runtime.ExitError'],
  ['a timeout', 'await new Promise((resolve) => setTimeout(resolve, 60_000))', 'Sandbox.Timedout'],
  ['a stream never ended', '', 'Runtime.NodeJsExit'],
])('%s after the first byte breaks the body', async (_what, end, reported) => {
  hosted = hostWith(
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
       stream.write('begun'); await new Promise(setImmediate); ${end} })`,
    { timeoutSeconds: reported === 'Sandbox.Timedout' ? 1 : 30 },
  );
  const { body } = await hosted.stream();
  await expect(text(body)).rejects.toMatchObject({ payload: expect.stringContaining(reported) });
});

test('a handler that does not stream gives its result as the body', async () => {
  hosted = hostWith('exports.handler = async () => ({ statusCode: 200 })');
  const { contentType, body } = await hosted.stream();
  expect(contentType).toBe('application/json');
  expect(await text(body)).toBe('{"statusCode":200}');
});

test('a streaming handler that is simply invoked returns all it wrote', async () => {
  hosted = streaming(`for (let n = 0; n < 50; n += 1) {
    if (!stream.write('x'.repeat(10_000))) await new Promise((resolve) => stream.once('drain', resolve));
  } stream.end();`);
  expect((await hosted.invoke()).payload).toBe('x'.repeat(500_000));
});
