import type { Readable, Writable } from 'node:stream';
import type { Context } from 'aws-lambda';
import { timeIsOver } from '../../core/call-end.ts';

/** Of the function's time, what is kept for settling and for telling the caller why the answer ends. */
const reserveMs = 10_000;
/** And of that, the last, in which an answer that still isn't read is cut off, before Lambda ends the function. */
const cutMs = 1000;

/** How a streaming call may end before its answer does. */
export interface CallEnd {
  /**
   * Aborts when nobody reads the response any more, as far as the host tells: Lambda doesn't, the local runtime emits
   * `aborted` (docs/decisions/0009-when-the-caller-leaves.md). A response stream that closes before its end, since the
   * connection under it broke, means the same. Aborts with `timeIsOver` when the function's time runs out.
   */
  signal: AbortSignal;
  /** To be called when the call has ended: timers hold on to it. */
  clear(): void;
}

/** Lambda ends a function at its timeout wherever it is: with the books open, and without a word to the caller. */
export function callEnd(response: Writable, { getRemainingTimeInMillis }: Context): CallEnd {
  const end = new AbortController();
  const leave = () => {
    if (!response.writableFinished) end.abort();
  };
  response.once('aborted', leave).once('close', leave);
  const remainingMs = getRemainingTimeInMillis();
  const overIn = remainingMs - Math.min(reserveMs, remainingMs / 2);
  const cutIn = remainingMs - Math.min(cutMs, remainingMs / 4);
  const timers = [
    setTimeout(() => end.abort(timeIsOver()), overIn),
    setTimeout(() => response.destroy(new Error('the answer was not read in time')), cutIn),
  ];
  return {
    signal: end.signal,
    clear() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/**
 * Resolves when a body's source has ended, its clean-up included. A pipeline whose destination breaks fails at
 * once, and what the source still has to write to the books would be frozen with the environment.
 */
export async function sourceEnded(body: unknown): Promise<void> {
  if (!isReadable(body) || body.closed) return;
  await new Promise((resolve) => body.once('close', resolve));
}

const isReadable = (body: unknown): body is Readable =>
  typeof body === 'object' && body !== null && 'readable' in body && 'closed' in body;
