import { createPacer } from '../../../../../local/aws/bedrock/stream/pacing.ts';

test('an abort ends the wait for the first token and for any later one', async () => {
  for (const pacing of [
    { tokensPerSecond: 0, firstTokenDelayMs: 600_000 },
    { tokensPerSecond: 0.001, firstTokenDelayMs: 0 },
  ]) {
    const abort = new AbortController();
    const pace = createPacer(pacing, abort.signal);
    const passed = (async () => {
      await pace(0);
      await pace(1);
    })();
    setImmediate(() => abort.abort());
    await expect(passed).rejects.toMatchObject({ name: 'AbortError' });
  }
});

/** Time that passes only while somebody sleeps, or is told to. */
function madeUpTime() {
  let nowMs = 5000;
  const slept: number[] = [];
  return {
    slept,
    pass: (milliseconds: number) => {
      nowMs += milliseconds;
    },
    nowMs: () => nowMs,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      nowMs += milliseconds;
    },
  };
}

test('the first token waits for its delay and each later one for its share of a second', async () => {
  const time = madeUpTime();
  const pacing = { tokensPerSecond: 50, firstTokenDelayMs: 300 };
  const pace = createPacer(pacing, new AbortController().signal, time);
  for (let index = 0; index < 4; index += 1) await pace(index);
  expect(time.slept).toEqual([300, 20, 20, 20]);
});

test('a slow reader is not delayed further', async () => {
  const time = madeUpTime();
  const pacing = { tokensPerSecond: 50, firstTokenDelayMs: 0 };
  const pace = createPacer(pacing, new AbortController().signal, time);
  await pace(0);
  time.pass(50);
  for (let index = 1; index < 5; index += 1) await pace(index);
  expect(time.slept).toEqual([10, 20]);
});

test('0 tokens a second means no waiting', async () => {
  const pace = createPacer({ tokensPerSecond: 0, firstTokenDelayMs: 0 }, new AbortController().signal);
  for (let index = 0; index < 100_000; index += 1) await pace(index);
});
