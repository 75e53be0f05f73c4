import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { acceptsGzip, createGzip, encodingHeaders } from './gzip.ts';
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

/** Less than a packet's worth gains nothing. */
const leastGzipped = 1024;

/** JSON may begin with white space, so line breaks keep the connection open. */
const beat = '\n';

/**
 * JSON that may take a long time. If it is ready in time, it is the answer, or its error is thrown and sets the status.
 * Otherwise the answer begins with white space and ends with the JSON or the body of its refusal
 * (docs/decisions/0013-slow-whole-answers.md).
 *
 * @param options.patience resolves when the answer must begin
 * @param options.accepted the header `accept-encoding`
 * @throws what `work` throws in time
 */
export async function slowJson(
  work: Promise<string>,
  { patience, accepted }: { patience: Promise<unknown>; accepted: string | undefined },
  failureBody: (error: unknown) => string,
): Promise<{ body: string | Readable; headers: Record<string, string> }> {
  const body = work.catch(failureBody);
  const ready = await Promise.race([work, patience.then(() => undefined)]);
  const isLong = ready === undefined || ready.length >= leastGzipped;
  const isGzip = isLong && acceptsGzip(accepted);
  const headers = { 'content-type': 'application/json', ...encodingHeaders(isGzip) };
  if (ready === undefined) {
    const stream = toHeartbeatStream(beginning(body), beat, { gzip: isGzip ? createGzip() : undefined });
    return { body: stream, headers };
  }
  return { body: isGzip ? Readable.from([gzipSync(ready, { level: 4 })]) : ready, headers };
}

async function* beginning(body: Promise<string>): AsyncIterable<string> {
  yield beat;
  yield await body;
}
