import type { Readable } from 'node:stream';
import { heartbeatMs, toHeartbeatStream } from './heartbeat.ts';

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

/** JSON may begin with white space, so line breaks keep the connection open. */
const beat = '\n';

/**
 * JSON that may take a long time. If it is ready in time, it is the answer, or its error is thrown and sets the status.
 * Otherwise the answer begins with white space and ends with the JSON or the body of its refusal
 * (docs/decisions/0013-slow-whole-answers.md).
 *
 * @param patience resolves when the answer must begin
 * @throws what `work` throws in time
 */
export async function slowJson(
  work: Promise<string>,
  patience: Promise<unknown>,
  failureBody: (error: unknown) => string,
): Promise<string | Readable> {
  const body = work.catch(failureBody);
  const ready = await Promise.race([work, patience.then(() => undefined)]);
  return ready ?? toHeartbeatStream(beginning(body), beat);
}

async function* beginning(body: Promise<string>): AsyncIterable<string> {
  yield beat;
  yield await body;
}
