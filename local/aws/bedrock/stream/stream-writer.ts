import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

export interface StreamWriter {
  /** @returns when a slow reader can take more; rejects once it has left. @throws once it has left */
  write(bytes: Uint8Array): Promise<unknown> | undefined;
  /** Resolves when everything written is sent: HTTP/2 batches. */
  flushed(): Promise<void>;
  /** Writes what is left, and ends the answer. */
  end(last?: Uint8Array): void;
}

const mostHeldBytes = 16 * 1024;

/** Events that come without a pause go out together: a write takes longer than all else that is done for an event. */
export function createStreamWriter(response: ServerResponse, signal: AbortSignal): StreamWriter {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let sending: NodeJS.Immediate | undefined;
  let lastWritten = Promise.resolve();
  let drained: Promise<unknown> | undefined;

  const send = () => {
    clearImmediate(sending);
    sending = undefined;
    if (held.length === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    lastWritten = promise;
    if (!response.write(Buffer.concat(held), () => resolve())) {
      drained = once(response, 'drain', { signal });
      // Whoever writes next gets to know.
      drained.catch(() => {});
    }
    held = [];
    heldBytes = 0;
  };
  return {
    write(bytes) {
      signal.throwIfAborted();
      held.push(bytes);
      heldBytes += bytes.byteLength;
      sending ??= setImmediate(send);
      if (heldBytes >= mostHeldBytes) send();
      const full = drained;
      drained = undefined;
      return full;
    },
    flushed() {
      send();
      return lastWritten;
    },
    end(last) {
      if (last !== undefined) held.push(last);
      send();
      response.end();
    },
  };
}
