import { crc32 } from 'node:zlib';

/** A message of AWS's event stream: headers that are texts, by name, and a payload. */
export interface Frame {
  headers: ReadonlyMap<string, string>;
  payload: Buffer;
}

/** Lengths of the message and of its headers, and a checksum of both. */
const preludeBytes = 12;
const checksumBytes = 4;
/** AWS's own limits are 24 MB for a payload and 128 kB for headers. */
const longestFrame = 25 * 1024 * 1024;

/** Cuts a stream into messages and checks both checksums of each. */
export function createFrameReader() {
  let pieces: Buffer[] = [];
  let have = 0;
  /** Bytes of the next message, as far as they are known. */
  let need = preludeBytes;
  /** Headers are the same for each type of event, so they are read once. */
  const known = new Map<string, ReadonlyMap<string, string>>();

  function frameIn(bytes: Buffer): Frame {
    const headersEnd = preludeBytes + bytes.readUInt32BE(4);
    const end = bytes.length - checksumBytes;
    if (headersEnd > end) throw new Error('An event’s headers are longer than the event');
    if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end))
      throw new Error('An event’s checksum is wrong');
    const text = bytes.toString('latin1', preludeBytes, headersEnd);
    const headers = known.get(text) ?? readHeaders(bytes.subarray(preludeBytes, headersEnd));
    if (known.size < 50) known.set(text, headers);
    return { headers, payload: bytes.subarray(headersEnd, end) };
  }

  return {
    /**
     * @param take gets each message that these bytes complete, also those before a broken one
     * @throws Error for a message that was changed on its way
     */
    read(bytes: Buffer, take: (frame: Frame) => void): void {
      pieces.push(bytes);
      have += bytes.length;
      if (have < need) return;
      let rest = pieces.length === 1 ? bytes : Buffer.concat(pieces);
      for (need = lengthOf(rest); need > preludeBytes && rest.length >= need; need = lengthOf(rest)) {
        take(frameIn(rest.subarray(0, need)));
        rest = rest.subarray(need);
      }
      pieces = rest.length === 0 ? [] : [rest];
      have = rest.length;
    },
    /** @throws Error for a message that was cut off */
    end(): void {
      if (have > 0) throw new Error('The stream ended within an event');
    },
  };
}

/** Of the message that begins here; that of a prelude while that isn't whole. */
function lengthOf(bytes: Buffer): number {
  if (bytes.length < preludeBytes) return preludeBytes;
  const length = bytes.readUInt32BE(0);
  const isIntact = crc32(bytes.subarray(0, 8)) === bytes.readUInt32BE(8);
  if (!isIntact) throw new Error('An event’s prelude has a wrong checksum');
  if (length < preludeBytes + checksumBytes || length > longestFrame)
    throw new Error('An event has no such length');
  return length;
}

/** Bytes of a header's value by its type; types 6 and 7 have a length before them, and 7 are texts. */
const valueBytes = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16];
const textType = 7;

function readHeaders(bytes: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const type = bytes.readUInt8(nameEnd);
    const fixed = valueBytes[type];
    const start = nameEnd + (fixed === undefined ? 3 : 1);
    const end = start + (fixed ?? bytes.readUInt16BE(nameEnd + 1));
    if (type >= valueBytes.length || end > bytes.length) throw new Error('An event has a broken header');
    if (type === textType)
      headers.set(bytes.toString('utf8', at + 1, nameEnd), bytes.toString('utf8', start, end));
    at = end;
  }
  return headers;
}
