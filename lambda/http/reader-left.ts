import type { Readable, Writable } from 'node:stream';

/**
 * Aborts when nobody reads the response any more, as far as the host tells: Lambda doesn't, the local runtime emits
 * `aborted` (docs/decisions/0009-when-the-caller-leaves.md). A response stream that closes before its end, since the
 * connection under it broke, means the same.
 */
export function readerLeft(response: Writable): AbortSignal {
  const left = new AbortController();
  const leave = () => {
    if (!response.writableFinished) left.abort();
  };
  response.once('aborted', leave).once('close', leave);
  return left.signal;
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
