import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

export interface StreamWriter {
  /** Waits for slow readers. Rejects once the reader has left. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything written is sent: HTTP/2 batches. */
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
