import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

export interface StreamWriter {
  /** Waits while the reader is slower than the model. Rejects once the reader left. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was written is on its way: HTTP/2 batches what it sends. */
  flushed(): Promise<void>;
}

export function createStreamWriter(response: ServerResponse, signal: AbortSignal): StreamWriter {
  let lastWritten = Promise.resolve();
  return {
    async write(bytes) {
      signal.throwIfAborted();
      const { promise, resolve } = Promise.withResolvers<void>();
      lastWritten = promise;
      if (!response.write(bytes, () => resolve())) await once(response, 'drain', { signal });
    },
    flushed: () => lastWritten,
  };
}
