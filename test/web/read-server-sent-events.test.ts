import * as fc from 'fast-check';
import { ApiError } from '../../web/api-error.ts';
import { readChatStream } from '../../web/read-server-sent-events.ts';

interface Chunk {
  text: string;
}

const bytes = (text: string) => new TextEncoder().encode(text);

function streamOf(parts: Uint8Array<ArrayBuffer>[], end: 'close' | Error = 'close') {
  let cancelled = false;
  const waiting = [...parts];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const next = waiting.shift();
      if (next !== undefined) controller.enqueue(next);
      else if (end === 'close') controller.close();
      else controller.error(end);
    },
    cancel() {
      cancelled = true;
    },
  });
  return { body, wasCancelled: () => cancelled };
}

/** Everything it yields, and what it threw at the end. */
async function readAll(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const texts: string[] = [];
  try {
    for await (const { text } of readChatStream<Chunk>(body)) texts.push(text);
    return { texts };
  } catch (error) {
    return { texts, error };
  }
}

const event = (text: string, newline = '\n') => `data: ${JSON.stringify({ text })}${newline}${newline}`;

test('chunks split anywhere, in the middle of a character or a CRLF too, give the same text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat({ max: 400 }), { maxLength: 12 }),
      async (texts, newline, cuts) => {
        const whole = bytes(
          `: comment${newline}${newline}${texts.map((text) => event(text, newline)).join('')}data: [DONE]${newline}${newline}`,
        );
        const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
        const parts = places.slice(1).map((place, index) => whole.slice(places[index], place));
        expect(await readAll(streamOf(parts).body)).toEqual({ texts });
      },
    ),
    { numRuns: 200 },
  );
});

test('mixed line endings, byte by byte, give each event once', async () => {
  const whole = bytes(
    'data: {"text":"a"}\r\n\ndata: {"text":"b"}\r\rdata: {"text":"c"}\n\r\ndata: [DONE]\n\n',
  );
  const parts = [...whole].map((byte) => new Uint8Array([byte]));
  expect(await readAll(streamOf(parts).body)).toEqual({ texts: ['a', 'b', 'c'] });
});

test('every single byte apart gives the same text', async () => {
  const whole = bytes(
    `${event('grüße 👋🏽', '\r\n')}: keep alive\r\n\r\n${event('b', '\r\n')}data:[DONE]\r\n\r\n`,
  );
  const parts = [...whole].map((byte) => new Uint8Array([byte]));
  expect(await readAll(streamOf(parts).body)).toEqual({ texts: ['grüße 👋🏽', 'b'] });
});

test('an error event keeps what came before, and reports its code and message', async () => {
  const refusal = {
    error: { message: 'The model failed.', code: 'model_failed', type: 'api_error', param: null },
  };
  const text = `${event('so far')}data: ${JSON.stringify(refusal)}\n\n${event('never')}`;
  const { texts, error } = await readAll(streamOf([bytes(text)]).body);
  expect(texts).toEqual(['so far']);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ kind: 'server', code: 'model_failed', message: 'The model failed.' });
});

test.each([
  ['the end without [DONE]', streamOf([bytes(event('so far'))])],
  ['an event cut in half', streamOf([bytes(`${event('so far')}data: {"te`)])],
  ['a broken connection', streamOf([bytes(event('so far'))], new TypeError('network error'))],
])('%s is not the end of an answer: the text so far, then a network error', async (_, { body }) => {
  const { texts, error } = await readAll(body);
  expect(texts).toEqual(['so far']);
  expect(error).toMatchObject({ kind: 'network', code: 'network_error' });
});

test('an event that never ends is refused as unreadable, instead of filling the memory', async () => {
  const piece = bytes('x'.repeat(50_000));
  let pulled = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      pulled += 1;
      if (pulled === 1) controller.enqueue(bytes(`${event('so far')}data: `));
      else if (pulled < 1_000) controller.enqueue(piece);
      else controller.close();
    },
  });
  const { texts, error } = await readAll(body);
  expect(texts).toEqual(['so far']);
  expect(error).toMatchObject({ kind: 'server', code: 'unreadable_answer' });
  expect(pulled).toBeLessThan(30);
});

test('a byte order mark at the start is no part of the first event', async () => {
  const body = streamOf([bytes(`\uFEFF${event('a')}data: [DONE]\n\n`)]).body;
  expect(await readAll(body)).toEqual({ texts: ['a'] });
});

test('data that is not JSON is reported as unreadable', async () => {
  const { error } = await readAll(streamOf([bytes('data: {oops\n\n')]).body);
  expect(error).toMatchObject({ kind: 'server', code: 'unreadable_answer' });
});

test('an abort stays an abort, and is not taken for a failure', async () => {
  const abort = new DOMException('stopped', 'AbortError');
  const { texts, error } = await readAll(streamOf([bytes(event('so far'))], abort).body);
  expect(texts).toEqual(['so far']);
  expect(error).toBe(abort);
});

test('a caller that stops reading ends the call', async () => {
  const { body, wasCancelled } = streamOf([bytes(event('first')), bytes(event('second'))]);
  for await (const { text } of readChatStream<Chunk>(body)) {
    expect(text).toBe('first');
    break;
  }
  expect(wasCancelled()).toBe(true);
});
