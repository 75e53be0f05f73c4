import { Readable } from 'node:stream';

/** The reader's side of a streamed response. */
export interface ResponseBody {
  readonly readable: Readable;
  receive(bytes: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
}

/**
 * Gives credit back for bytes only when they are taken, so a slow reader makes the function's writes wait and
 * what is held here stays bounded. A destroyed body takes everything, so that the function runs to its end.
 */
export function createResponseBody(credit: (bytes: number) => void): ResponseBody {
  let owedBytes = 0;
  const settle = () => {
    if (owedBytes === 0) return;
    const bytes = owedBytes;
    owedBytes = 0;
    credit(bytes);
  };
  const readable = new Readable({
    read: settle,
    destroy(error, callback) {
      settle();
      callback(error);
    },
  });
  // Nobody may be listening any more when a function fails late; that must not end the runtime.
  readable.on('error', () => {});

  return {
    readable,
    receive(bytes) {
      owedBytes += bytes.byteLength;
      const wantsMore = readable.destroyed || readable.push(bytes);
      if (wantsMore) settle();
    },
    end: () => void readable.push(null),
    fail: (error) => void readable.destroy(error),
  };
}
