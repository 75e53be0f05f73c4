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
 * When a whole answer begins at the latest: CloudFront waits for 60 seconds, which includes a cold start and the network.
 * A stream begins with its first heartbeat.
 */
export const patienceMs = 40_000;

/** The timer is cleared with the work: it would keep the call's bodies in memory until it fires. */
export const patiently: Patiently = async (streamed, work) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, streamed ? heartbeatMs : patienceMs);
  try {
    return await work(promise);
  } finally {
    clearTimeout(timer);
  }
};
