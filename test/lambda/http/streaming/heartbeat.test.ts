import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { toHeartbeatStream } from '../../../../lambda/http/streaming/heartbeat.ts';

const heartbeat = ': keep-alive\n\n';
const toStream = (events: AsyncIterable<string>, waitedMs = 0) =>
  toHeartbeatStream(events, heartbeat, { waitedMs });

/** Events that come when the test says so. */
function controlled() {
  const waiting: PromiseWithResolvers<IteratorResult<string>>[] = [];
  const state = { ended: 0, asked: 0 };
  const events: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        state.asked += 1;
        waiting.push(Promise.withResolvers());
        return (waiting.at(-1) as (typeof waiting)[0]).promise;
      },
      return: async () => {
        state.ended += 1;
        return { done: true, value: undefined };
      },
    }),
  };
  return {
    events,
    state,
    say: (value: string) => waiting.shift()?.resolve({ done: false, value }),
    end: () => waiting.shift()?.resolve({ done: true, value: undefined }),
    fail: (error: Error) => waiting.shift()?.reject(error),
  };
}

describe('silence', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] }));
  afterEach(() => void jest.useRealTimers());

  /** What a reader gets, and when. */
  function read(events: AsyncIterable<string>, waitedMs = 0) {
    const stream = toStream(events, waitedMs);
    const got: string[] = [];
    stream.on('data', (chunk: string) => got.push(chunk));
    return { stream, got };
  }

  async function pass(milliseconds: number) {
    await jest.advanceTimersByTimeAsync(milliseconds);
    await new Promise(setImmediate);
  }

  test('is filled with a comment after 15 seconds, and within one more', async () => {
    const { events, say, end } = controlled();
    const { stream, got } = read(events);
    await pass(14_999);
    expect(got).toEqual([]);
    await pass(1001);
    expect(got).toEqual([heartbeat]);
    await pass(30_000);
    expect(got).toEqual([heartbeat, heartbeat, heartbeat]);
    say('data: 1\n\n');
    await pass(0);
    expect(got.at(-1)).toBe('data: 1\n\n');
    end();
    await once(stream, 'close');
    expect(jest.getTimerCount()).toBe(0);
  });

  test('counts from the last event, and a waiting event is not lost to a heartbeat', async () => {
    const { events, state, say } = controlled();
    const { stream, got } = read(events);
    await pass(10_000);
    say('a');
    await pass(14_000);
    expect(got).toEqual(['a']);
    say('b');
    await pass(16_000);
    expect(got).toEqual(['a', 'b', heartbeat]);
    say('c');
    await pass(0);
    expect(got).toEqual(['a', 'b', heartbeat, 'c']);
    expect(state.asked).toBe(4);
    stream.destroy();
    await once(stream, 'close');
  });

  test('before the stream began counts too', async () => {
    const { events } = controlled();
    const { stream, got } = read(events, 10_000);
    await pass(6_000);
    expect(got).toEqual([heartbeat]);
    stream.destroy();
    await once(stream, 'close');
  });

  test('is not filled for a reader who has not read what came before', async () => {
    const { events, say } = controlled();
    const stream = toStream(events);
    stream.read(0);
    say('a');
    await pass(60_000);
    expect(stream.read()).toBe('a');
    stream.destroy();
    await once(stream, 'close');
  });

  test('has one timer for all streams, and none once they have ended', async () => {
    const all = [1, 2, 3].map(() => controlled());
    const streams = all.map(({ events }) => read(events).stream);
    await pass(0);
    expect(jest.getTimerCount()).toBe(1);
    const failed = once(streams[0] as (typeof streams)[0], 'error');
    all[0]?.fail(new Error('broken'));
    expect(await failed).toEqual([new Error('broken')]);
    all[1]?.end();
    streams[2]?.destroy();
    await Promise.all(streams.map((stream) => stream.closed || once(stream, 'close')));
    expect(all[2]?.state.ended).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('the readable stream carries every event once and in order', async () => {
  const events = Array.from({ length: 200 }, (_, at) => `data: ${at} é\n\n`);
  const body = await text(
    toStream(
      (async function* () {
        yield* events;
      })(),
    ),
  );
  expect(body).toBe(events.join(''));
});

test('the source is read at the reader’s pace', async () => {
  let made = 0;
  const stream = toStream(
    (async function* () {
      for (; made < 1000; made += 1) yield `data: ${made}\n\n`;
    })(),
  );
  for await (const _ of stream) {
    await new Promise((resolve) => setImmediate(resolve));
    if (made >= 5) break;
  }
  expect(made).toBeLessThan(20);
});

test('after a reader breaks off, the stream closes only once its source has ended', async () => {
  const silence = Promise.withResolvers<void>();
  let ended = false;
  const stream = toStream(
    (async function* () {
      try {
        yield 'a';
        await silence.promise;
      } finally {
        await new Promise((resolve) => setImmediate(resolve));
        ended = true;
      }
    })(),
  );
  await once(stream.resume(), 'data');
  stream.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  expect(stream.closed).toBe(false);
  silence.resolve();
  await once(stream, 'close');
  expect(ended).toBe(true);
});
