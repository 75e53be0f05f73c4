import { heartbeatMs } from './event-stream.ts';

/**
 * Runs what makes a response begin.
 * @param work given a promise that resolves when the response must begin, though nothing may have been said yet
 */
export type Patiently = <T>(
  streamed: boolean,
  work: (patience: Promise<unknown>) => Promise<T>,
) => Promise<T>;

/**
 * When a whole answer begins at the latest: CloudFront waits for 60 seconds, a cold start and the way to it among them.
 * A stream begins with its first heartbeat.
 */
export const patienceMs = 40_000;

/** The timer ends with the work: left running, it would hold the call's bodies in memory until it fires. */
export const patiently: Patiently = async (streamed, work) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, streamed ? heartbeatMs : patienceMs);
  try {
    return await work(promise);
  } finally {
    clearTimeout(timer);
  }
};
