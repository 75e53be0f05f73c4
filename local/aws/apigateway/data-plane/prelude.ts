const delimiter = Buffer.alloc(8);
/** AWS: the metadata and delimiter must come within the first 16 KB. */
const limitBytes = 16 * 1024;

/**
 * Splits a streaming function's bytes into the JSON prelude and the body, however the chunks are cut.
 * `push` answers undefined while the delimiter has not come, then the prelude and the body's first bytes once.
 */
export interface PreludeSplitter {
  /** @throws Error when the prelude is longer than AWS takes */
  push(chunk: Buffer): { prelude: string; body: Buffer } | undefined;
}

export function createPreludeSplitter(): PreludeSplitter {
  let held: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      // JSON text has no NUL byte, so the first eight in a row are the delimiter; a cut may go through them.
      held = Buffer.concat([held, chunk]);
      const at = held.indexOf(delimiter);
      if (at !== -1 && at + delimiter.length <= limitBytes) {
        return { prelude: held.toString('utf8', 0, at), body: held.subarray(at + delimiter.length) };
      }
      if (held.length >= limitBytes) throw new Error('no delimiter within the first 16 KB');
      return undefined;
    },
  };
}
