import { ModernFakeTimers } from '@jest/fake-timers';
import fc from 'fast-check';
import { addEventHandler, getState } from 'jest-circus';

/**
 * What jest-light-runner leaves out, set up once in each worker: time limits, errors that nobody caught, and the fake
 * timers that work with promises.
 */

// Properties draw the same cases in every run, so that no change is blamed for a case that it didn't bring; once a week they
// draw others.
fc.configureGlobal({ seed: Number(process.env.DAYPASS_SEED ?? 1) });

/** As `testTimeout` of the run, which the runner does not pass on. */
const defaultLimitMs = 60_000;

type Body = (...args: never[]) => unknown;
interface Bounded {
  fn?: Body | undefined;
}

addEventHandler((event) => {
  // A handler comes after jest's own, which has just added the test or hook.
  const block = getState().currentDescribeBlock;
  if (event.name === 'add_test') bound(block.children.at(-1) as Bounded, event.timeout);
  if (event.name === 'add_hook') bound(block.hooks.at(-1) as Bounded, event.timeout);
});

function bound(added: Bounded, limitMs = defaultLimitMs): void {
  const body = added.fn;
  if (!body) return;
  // Thrown from here, the error would be lost, and the run would wait for this suite for ever.
  const wrong = new Error(
    'done callbacks are not for these tests: return a promise, and give each row all arguments',
  );
  added.fn = body.length > 0 ? () => Promise.reject(wrong) : () => runBody(limitMs, body);
}

/** Longer than any test that counts a day's calls takes. */
const dayEndMs = 45_000;
const dayMs = 86_400_000;

/** A body that begins as a day (UTC) ends would find its counts at zero: it begins with the next one. */
async function runBody(limitMs: number, body: Body): Promise<void> {
  const leftMs = dayMs - (realNow() % dayMs);
  if (leftMs < dayEndMs) await new Promise((resolve) => realSetTimeout(resolve, leftMs));
  await within(limitMs, body);
}

let fail: ((error: unknown) => void) | undefined;

/** A test that has not ended in its time, or beside which an error went uncaught, fails by name. */
async function within(limitMs: number, body: Body): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
    timer = realSetTimeout(() => reject(new Error(`not done within ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([body(), failed]);
  } finally {
    realClearTimeout(timer);
    fail = undefined;
  }
}

const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
const { now: realNow } = Date;

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => {
    // Between tests nobody can be blamed, and the run must not be green: the worker ends.
    if (!fail) throw error;
    fail(error);
  });
}

// The runner ends a worker by a signal, which alone would tell nobody who listens for its exit; so would its own death.
for (const event of ['SIGTERM', 'disconnect'] as const) process.once(event, () => process.exit());

const timers = new ModernFakeTimers({
  global: globalThis,
  config: { fakeTimers: { enableGlobally: false } } as ConstructorParameters<
    typeof ModernFakeTimers
  >[0]['config'],
});

Object.assign(jest, {
  useFakeTimers: (config?: Parameters<ModernFakeTimers['useFakeTimers']>[0]) => timers.useFakeTimers(config),
  useRealTimers: () => timers.useRealTimers(),
  advanceTimersByTimeAsync: (milliseconds: number) => timers.advanceTimersByTimeAsync(milliseconds),
  getTimerCount: () => timers.getTimerCount(),
});
