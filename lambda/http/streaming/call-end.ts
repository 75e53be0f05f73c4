import type { Readable, Writable } from 'node:stream';
import type { Context } from 'aws-lambda';
import { timeIsOver } from '../../../core/end-reason.ts';

/** Reserved for settling, and for an error that says why the answer ends. */
const reserveMs = 10_000;
/** An answer still unread this long before Lambda ends the function is cut off. */
const cutMs = 1000;

/** How a streaming call may end before its answer does. */
export interface CallEnd {
  /**
   * Aborts when the caller has left, if the host reports it: the local runtime emits `aborted`, Lambda doesn't
   * (docs/decisions/0009-when-the-caller-leaves.md). A response stream that closes before its end means the same. Aborts with
   * `timeIsOver` when the function's time runs out.
   */
  signal: AbortSignal;
  /** To be called once the call has ended, since its timers keep it in memory. */
  clear(): void;
}

/** At its timeout Lambda ends a function wherever it is, so the call must be settled, and its caller answered, before. */
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
    setTimeout(() => response.destroy(new Error('The answer was not read in time')), cutIn),
  ];
  return {
    signal: end.signal,
    clear() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/**
 * Resolves when a body's source has ended, clean-up included. A pipeline whose destination breaks fails at once, and Lambda
 * would freeze the environment before the source has settled its call.
 */
export async function sourceEnded(body: unknown): Promise<void> {
  if (!isReadable(body) || body.closed) return;
  await new Promise((resolve) => body.once('close', resolve));
}

const isReadable = (body: unknown): body is Readable =>
  typeof body === 'object' && body !== null && 'readable' in body && 'closed' in body;
