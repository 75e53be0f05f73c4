import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { LambdaFunctionError } from '../../../local/lambda/invocation-errors.ts';
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
  hosted = streaming(`${http} stream.write('first'); while (!globalThis.go) {
    await new Promise((resolve) => setTimeout(resolve, 5)); globalThis.go = Date.now() > event.until;
  } stream.end();`);
  const { body } = await hosted.stream({ until: Date.now() + 200 });
  await once(body, 'readable');
  expect(hosted.stats()).toMatchObject({ busy: 1 });
  expect(await text(body)).toMatch(/first$/);
});

test('bytes arrive whole and in order, whatever their size', async () => {
  hosted = streaming(`for (let n = 0; n < 400; n += 1) {
    if (!stream.write('é'.repeat(n * 7) + '|')) await new Promise((resolve) => stream.once('drain', resolve));
  } stream.end();`);
  const expected = Array.from({ length: 400 }, (_, n) => `${'é'.repeat(n * 7)}|`).join('');
  expect(await text((await hosted.stream()).body)).toBe(expected);
});

test('a slow reader makes the function wait, and bounded bytes are held for it', async () => {
  let writtenBytes = 0;
  const detail = (_tag: string, line: string) => {
    if (/^\d+$/.test(line)) writtenBytes = Number(line);
  };
  hosted = hostWith(
    `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
       const chunk = Buffer.alloc(16_384);
       for (let n = 1; n <= 640; n += 1) {
         if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve));
         console.log(n * chunk.length);
       }
       stream.end();
     })`,
    {},
    { log: { info() {}, warn() {}, detail } },
  );
  const { body } = await hosted.stream();
  for (let before = -1; before !== writtenBytes; ) {
    before = writtenBytes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(writtenBytes).toBeGreaterThan(0);
  expect(writtenBytes).toBeLessThan(512 * 1024);
  let receivedBytes = 0;
  for await (const chunk of body) receivedBytes += (chunk as Buffer).length;
  expect(receivedBytes).toBe(640 * 16_384);
});

test('a reader that leaves does not stop the function: it runs to its end', async () => {
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

describe('a function told that its reader has left', () => {
  /** With something under way, as a model's answer is: a function with nothing to wait for has ended. */
  const untilGone = `const underWay = setInterval(() => {}, 1000);
    const gone = new Promise((resolve) => stream.once('aborted', resolve)).then(() => clearInterval(underWay));`;

  test.each([
    ['before its first byte', ''],
    ['in the middle', `stream.write('begun');`],
  ])('%s hears it once, and its writes are still taken', async (_when, before) => {
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

  test('when the reader was gone before the call began', async () => {
    hosted = streaming(`${untilGone} await gone; stream.end('told');`);
    expect(await text((await hosted.stream({}, AbortSignal.abort())).body)).toBe('told');
  });

  test('but not by a reader of an earlier call', async () => {
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
    { timeoutSeconds: 1 },
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

test('a streaming handler that is simply invoked gives all it wrote', async () => {
  hosted = streaming(`for (let n = 0; n < 50; n += 1) {
    if (!stream.write('x'.repeat(10_000))) await new Promise((resolve) => stream.once('drain', resolve));
  } stream.end();`);
  expect((await hosted.invoke()).payload).toBe('x'.repeat(500_000));
});
