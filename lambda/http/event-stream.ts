import { Readable } from 'node:stream';
import { sseHeartbeat } from '../../core/chat/server-sent-events.ts';

/** API Gateway closes a silent regional stream after 5 minutes, proxies on the way much earlier. */
const heartbeatMs = 15_000;

/** Server-sent events as a stream, at the reader's pace, with a comment in every long silence. */
export function toEventStream(events: AsyncIterable<string>): Readable {
  // Readable's default of 16 chunks ahead would only add memory: each is one event.
  return Readable.from(withHeartbeats(events), { highWaterMark: 1 });
}

export async function* withHeartbeats(
  events: AsyncIterable<string>,
  silenceMs = heartbeatMs,
): AsyncIterable<string> {
  const iterator = events[Symbol.asyncIterator]();
  let pending = iterator.next();
  try {
    for (;;) {
      const next = await nextOrSilence(pending, silenceMs);
      if (next === 'silence') {
        yield sseHeartbeat;
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
