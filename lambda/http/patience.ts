import { heartbeatMs } from './event-stream.ts';

/**
 * Runs the work that must finish before a response begins.
 * @param work gets a promise that resolves when the response must begin, with or without a first event
 */
export type Patiently = <T>(
  streamed: boolean,
  work: (patience: Promise<unknown>) => Promise<T>,
) => Promise<T>;

/**
 * A whole answer begins after this time at the latest, since CloudFront waits for 60 seconds, cold start and network
 * included. A stream begins with its first heartbeat at the latest.
 */
export const patienceMs = 40_000;

/** Clears its timer with the work, since the timer would keep the call's bodies in memory. */
export const patiently: Patiently = async (streamed, work) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, streamed ? heartbeatMs : patienceMs);
  try {
    return await work(promise);
  } finally {
    clearTimeout(timer);
  }
};
