import { constants, crc32, deflateRawSync } from 'node:zlib';

/** A gzip stream whose pieces can be read as they come. */
export interface Gzip {
  piece(text: string): Buffer;
  end(): Buffer;
}

/** Bytes that the next piece may refer to: two chunks of an answer, which differ by a word. */
const pastBytes = 512;
/** A few kB for as long as a piece takes, and nothing between two. Larger ones gain half a byte a chunk. */
const options = { windowBits: 10, memLevel: 3, level: 4, finishFlush: constants.Z_SYNC_FLUSH };
const header: Buffer = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const lastBlock = Buffer.from([3, 0]);
const nothing: Buffer = Buffer.alloc(0);

/**
 * Each piece is deflated on its own, with the end of what came before as its dictionary, and ends on a whole byte, so the
 * pieces are one stream. zlib's own stream does the same with a thread for each piece: five times the CPU, and a delay.
 */
export function createGzip(): Gzip {
  let past = nothing;
  let checksum = 0;
  let length = 0;
  let unsent = header;
  const begin = () => {
    const head = unsent;
    unsent = nothing;
    return head;
  };
  return {
    piece(text) {
      const bytes = Buffer.from(text);
      const dictionary = past.length > 0 ? { dictionary: past } : {};
      const deflated = deflateRawSync(bytes, { ...options, ...dictionary });
      checksum = crc32(bytes, checksum);
      length += bytes.length;
      past = Buffer.concat([past, bytes]).subarray(-pastBytes);
      return Buffer.concat([begin(), deflated]);
    },
    end() {
      const trailer = Buffer.alloc(8);
      trailer.writeUInt32LE(checksum);
      trailer.writeUInt32LE(length % 2 ** 32, 4);
      return Buffer.concat([begin(), lastBlock, trailer]);
    },
  };
}

/** Of an answer that may be gzip. */
export function encodingHeaders(isGzip: boolean): Record<string, string> {
  return { vary: 'accept-encoding', ...(isGzip && { 'content-encoding': 'gzip' }) };
}

/** @param accepted the header `accept-encoding` */
export function acceptsGzip(accepted = ''): boolean {
  return accepted.split(',').some((coding) => /^\s*(x-)?gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));
}
