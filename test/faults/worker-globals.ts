import { AsyncLocalStorage } from 'node:async_hooks';
import { defineAwslambda } from '../../local/aws/lambda/thread/awslambda-global.ts';
import { shiftDate } from '../../local/aws/lambda/thread/shifted-date.ts';

/** Milliseconds by which `Date` is ahead, for each call of its own: calls at once may live at different times. */
export const clockOffset = new AsyncLocalStorage<number>();
const offset = {
  get 0() {
    return clockOffset.getStore() ?? 0;
  },
};

defineAwslambda();
shiftDate(offset as unknown as Float64Array);

/**
 * Timers run faster by this factor, so that waiting for a client's bound or between its attempts does not take
 * seconds a cell. What the code does after them is the same.
 */
const timerSpeed = Number(process.env.TIMER_SPEED ?? 1);
const realSetTimeout = globalThis.setTimeout;
globalThis.setTimeout = ((work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
  realSetTimeout(work, ms / timerSpeed, ...args)) as typeof setTimeout;
