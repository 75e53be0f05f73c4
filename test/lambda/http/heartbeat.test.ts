import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { toHeartbeatStream, withHeartbeats } from '../../../lambda/http/heartbeat.ts';

const heartbeat = ': keep-alive\n\n';
const toStream = (events: AsyncIterable<string>) => toHeartbeatStream(events, heartbeat);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Events that come when the test says so. */
function controlled() {
  const waiting: ((result: IteratorResult<string>) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const state = { ended: 0, asked: 0 };
  const events: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        state.asked += 1;
        return new Promise((resolve, reject) => {
          waiting.push(resolve);
          failures.push(reject);
        });
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
    say: (value: string) => waiting.shift()?.({ done: false, value }),
    end: () => waiting.shift()?.({ done: true, value: undefined }),
    fail: (error: Error) => failures.at(-1)?.(error),
  };
}

test('every 15 seconds of silence are filled with a comment', async () => {
  const { events, say, end } = controlled();
  const stream = withHeartbeats(events, heartbeat)[Symbol.asyncIterator]();
  for (let silence = 0; silence < 3; silence += 1) {
    const next = stream.next();
    await jest.advanceTimersByTimeAsync(14_999);
    let came = false;
    void next.then(() => {
      came = true;
    });
    await jest.advanceTimersByTimeAsync(0);
    expect(came).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await next).toEqual({ done: false, value: heartbeat });
  }
  const next = stream.next();
  say('data: 1\n\n');
  expect(await next).toEqual({ done: false, value: 'data: 1\n\n' });
  const last = stream.next();
  end();
  expect((await last).done).toBe(true);
});

test('silence counts from the last event, and a waiting event is not lost to a heartbeat', async () => {
  const { events, state, say } = controlled();
  const stream = withHeartbeats(events, heartbeat)[Symbol.asyncIterator]();
  const first = stream.next();
  await jest.advanceTimersByTimeAsync(10_000);
  say('a');
  expect((await first).value).toBe('a');
  const second = stream.next();
  await jest.advanceTimersByTimeAsync(14_000);
  say('b');
  expect((await second).value).toBe('b');
  const third = stream.next();
  await jest.advanceTimersByTimeAsync(15_000);
  expect((await third).value).toBe(heartbeat);
  const fourth = stream.next();
  say('c');
  expect((await fourth).value).toBe('c');
  expect(state.asked).toBe(3);
});

test('silence before the stream began counts too', async () => {
  const { events, say } = controlled();
  const stream = withHeartbeats(events, heartbeat, 10_000)[Symbol.asyncIterator]();
  const first = stream.next();
  await jest.advanceTimersByTimeAsync(5_000);
  expect((await first).value).toBe(heartbeat);
  const second = stream.next();
  await jest.advanceTimersByTimeAsync(14_999);
  say('a');
  expect((await second).value).toBe('a');
});

test('a reader who leaves ends the source, and no timer stays behind', async () => {
  const { events, state, say } = controlled();
  const stream = withHeartbeats(events, heartbeat)[Symbol.asyncIterator]();
  const first = stream.next();
  say('a');
  await first;
  await stream.return?.();
  expect(state.ended).toBe(1);
  expect(jest.getTimerCount()).toBe(0);
});

test('a source that fails fails the stream, and no timer stays behind', async () => {
  const { events, fail } = controlled();
  const stream = withHeartbeats(events, heartbeat)[Symbol.asyncIterator]();
  const failed = expect(stream.next()).rejects.toThrow('broken');
  await jest.advanceTimersByTimeAsync(0);
  fail(new Error('broken'));
  await failed;
  expect(jest.getTimerCount()).toBe(0);
});

test('the readable stream carries every event once and in order', async () => {
  jest.useRealTimers();
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
  jest.useRealTimers();
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

test('a source that ends during a silence ends the stream at once', async () => {
  const { events, say, end } = controlled();
  const stream = withHeartbeats(events, heartbeat)[Symbol.asyncIterator]();
  const first = stream.next();
  say('a');
  await first;
  const second = stream.next();
  await jest.advanceTimersByTimeAsync(1_000);
  end();
  expect((await second).done).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});

test('after a reader breaks off, the stream closes only once its source has ended', async () => {
  jest.useRealTimers();
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
