import { Readable } from 'node:stream';
import type { ResponseMemory } from './response-memory.ts';

/** The reader's side of a streamed response. */
export interface ResponseBody {
  readonly readable: Readable;
  receive(bytes: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
}

/** How far a response may run ahead of its reader, as AWS documents it. */
export const freeRunningBytes = 10 * 2 ** 20;

/**
 * Holds a response for a reader who is slower than the function, so that the function ends, and its environment is
 * free, as soon as it has written everything. Gives no credit for more while one response holds 10 MB, or all of them
 * reach their limit: then the function's writes wait. A destroyed body accepts everything, so that the function runs to
 * its end.
 */
export function createResponseBody(credit: (bytes: number) => void, memory: ResponseMemory): ResponseBody {
  const queue: Uint8Array[] = [];
  let heldBytes = 0;
  let owedBytes = 0;
  let isEnding = false;
  let isGone = false;
  let isWanted = false;

  const settle = () => {
    if (owedBytes === 0) return;
    if (!isGone && heldBytes >= freeRunningBytes) return;
    if (!isGone && memory.isFull) {
      memory.whenRoom(settle);
      return;
    }
    const bytes = owedBytes;
    owedBytes = 0;
    credit(bytes);
  };
  const give = (bytes: number) => {
    heldBytes -= bytes;
    memory.give(bytes);
    settle();
  };
  const handOn = () => {
    while (isWanted && queue.length > 0) {
      const next = queue.shift();
      if (next === undefined) break;
      isWanted = readable.push(next);
      give(next.byteLength);
    }
    if (isEnding && queue.length === 0) readable.push(null);
  };
  const readable = new Readable({
    // What is held is held here, where it is counted.
    highWaterMark: 1,
    read() {
      isWanted = true;
      handOn();
    },
    destroy(error, callback) {
      isGone = true;
      queue.length = 0;
      give(heldBytes);
      callback(error);
    },
  });
  // There may be no listener any more when a function fails late; that must not end the runtime.
  readable.on('error', () => {});

  return {
    readable,
    receive(bytes) {
      owedBytes += bytes.byteLength;
      if (isGone) {
        settle();
        return;
      }
      queue.push(bytes);
      heldBytes += bytes.byteLength;
      memory.take(bytes.byteLength);
      handOn();
      settle();
    },
    end() {
      isEnding = true;
      if (!isGone) handOn();
    },
    fail: (error) => void readable.destroy(error),
  };
}
