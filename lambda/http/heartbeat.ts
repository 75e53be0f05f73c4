import { Readable } from 'node:stream';

/** API Gateway closes a silent regional stream after 5 minutes, and proxies do so much earlier. */
export const heartbeatMs = 15_000;

/**
 * Chunks of an answer as a stream, at the reader's pace.
 * @param beat sent during every long silence, and skipped by readers
 * @param waitedMs how long the caller has waited so far
 */
export function toHeartbeatStream(chunks: AsyncIterable<string>, beat: string, waitedMs = 0): Readable {
  // The default of 16 chunks would only take memory.
  return Readable.from(withHeartbeats(chunks, beat, waitedMs), { highWaterMark: 1 });
}

export async function* withHeartbeats(
  chunks: AsyncIterable<string>,
  beat: string,
  waitedMs = 0,
): AsyncIterable<string> {
  const iterator = chunks[Symbol.asyncIterator]();
  let pending = iterator.next();
  let silenceMs = Math.max(0, heartbeatMs - waitedMs);
  try {
    for (;;) {
      const next = await nextOrSilence(pending, silenceMs);
      silenceMs = heartbeatMs;
      if (next === 'silence') {
        yield beat;
      } else {
        if (next.done) return;
        yield next.value;
        pending = iterator.next();
      }
    }
  } finally {
    await iterator.return?.();
  }
}

async function nextOrSilence<T>(pending: Promise<T>, silenceMs: number): Promise<T | 'silence'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(resolve, silenceMs, 'silence');
  });
  try {
    return await Promise.race([pending, silence]);
  } finally {
    clearTimeout(timer);
  }
}
