import { buffer } from 'node:stream/consumers';
import { createGunzip, gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { openAiChat } from '../../../../core/chat/openai-chat/dialect.ts';
import { acceptsGzip, createGzip } from '../../../../lambda/http/streaming/gzip.ts';
import { slowJson } from '../../../../lambda/http/streaming/slow-answer.ts';

test('whatever the pieces are, they are one gzip stream', () => {
  const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('data: '.repeat(500))));
  fc.assert(
    fc.property(texts, (pieces) => {
      const gzip = createGzip();
      const stream = Buffer.concat([...pieces.map((text) => gzip.piece(text)), gzip.end()]);
      expect(gunzipSync(stream).toString()).toBe(Buffer.from(pieces.join('')).toString());
    }),
  );
});

test('each piece can be read before the next one comes', async () => {
  const gzip = createGzip();
  const reader = createGunzip();
  for (const text of ['one', ' two', '', ' three']) {
    reader.write(gzip.piece(text));
    if (text === '') continue;
    expect(String((await reader[Symbol.asyncIterator]().next()).value)).toBe(text);
  }
});

test('a chunk of an answer takes at most 18 bytes', () => {
  const head = { requestId: 'r', answerId: 'JKJaXmPLvHcESHA', created: 1_795_000_000, model: 'nova-lite' };
  const stream = openAiChat.stream(head, {} as never);
  const gzip = createGzip();
  gzip.piece(stream.opening());
  const words = 'It was the best of times it was the worst of times it was the age of wisdom'.split(' ');
  const sizes = Array.from({ length: 500 }, (_, at) => {
    const text = ` ${words[(at * 7) % words.length]}`;
    return gzip.piece(stream.next({ type: 'text', part: 0, text })).length;
  });
  expect(sizes.slice(1).reduce((sum, size) => sum + size) / 499).toBeLessThanOrEqual(18);
});

describe('a whole answer', () => {
  const never = new Promise(() => {});
  const long = JSON.stringify({ text: 'word '.repeat(1000) });
  const gzip = { vary: 'accept-encoding', 'content-encoding': 'gzip', 'content-type': 'application/json' };

  test('is gzip if it is long and the caller accepts that', async () => {
    const whole = (text: string, accepted?: string) =>
      slowJson(Promise.resolve(text), { patience: never, accepted }, String);
    const packed = await whole(long, 'gzip');
    expect(packed.headers).toEqual(gzip);
    if (typeof packed.body === 'string') throw new Error('not gzip');
    expect(gunzipSync(await buffer(packed.body)).toString()).toBe(long);
    const { 'content-encoding': _gzip, ...plain } = gzip;
    expect(await whole(long)).toEqual({ headers: plain, body: long });
    expect(await whole('{}', 'gzip')).toEqual({ headers: plain, body: '{}' });
  });

  test('that is slow is gzip from its first white space', async () => {
    const work = Promise.withResolvers<string>();
    const packed = await slowJson(work.promise, { patience: Promise.resolve(), accepted: 'gzip' }, String);
    expect(packed.headers).toEqual(gzip);
    work.resolve('{}');
    if (typeof packed.body === 'string') throw new Error('not a stream');
    const pieces = (await Array.fromAsync(packed.body)) as Uint8Array[];
    expect(gunzipSync(Buffer.concat(pieces)).toString()).toBe('\n{}');
  });
});

test.each([
  ['gzip', true],
  ['gzip, deflate, br', true],
  ['br, GZIP;q=0.5', true],
  ['deflate, x-gzip ; q=1', true],
  ['', false],
  [undefined, false],
  ['identity', false],
  ['gzip;q=0', false],
  ['br, gzip; q=0.000', false],
  ['gzipped', false],
])('accept-encoding %j accepts gzip: %j', (accepted, isAccepted) => {
  expect(acceptsGzip(accepted)).toBe(isAccepted);
});
