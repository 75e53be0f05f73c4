import { inEvenTime } from '../../../lambda/http/even-time.ts';

/** Time that goes on by what is waited, and by `took`. */
function timer() {
  let now = 123.4;
  return {
    now: () => now,
    wait: async (milliseconds: number) => {
      now += milliseconds;
    },
    took: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test.each([
  [0, 1000],
  [19, 1000],
  [276, 1000],
  [999, 1000],
  [1001, 2000],
  [2500, 3000],
])('work of %i ms is answered after %i', async (took, expected) => {
  const clock = timer();
  const before = clock.now();
  const answer = await inEvenTime(async () => {
    clock.took(took);
    return 'done';
  }, clock);
  expect(answer).toBe('done');
  expect(Math.round(clock.now() - before)).toBe(expected);
});

test('a refusal is answered at once', async () => {
  const clock = timer();
  const before = clock.now();
  const refused = inEvenTime(async () => {
    throw new Error('refused');
  }, clock);
  await expect(refused).rejects.toThrow('refused');
  expect(clock.now()).toBe(before);
});
