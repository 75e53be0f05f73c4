import { crc32 } from 'node:zlib';
import type { StreamException } from '../../../faults.ts';

/** One event of a Converse stream: its name as in the service model, and its members. */
export interface StreamEvent {
  name: string;
  payload: object;
  /** How its frame is damaged. */
  flaw?: 'corrupt' | 'truncated' | undefined;
  /** Its frame is sent in pieces of this many bytes. */
  pieceBytes?: number | undefined;
}

/** An item of a stream: an event, or what breaks it. */
export type StreamItem = StreamEvent | { exception: StreamException; message: string } | { cut: true };

export const eventFrame = ({ name, payload }: StreamEvent): Uint8Array => frame('event', name, payload);

export const exceptionFrame = (name: StreamException, message: string): Uint8Array =>
  frame('exception', name, { message });

/** A frame whose message checksum, its last four bytes, does not fit. */
export function corruptFrame(event: StreamEvent): Uint8Array {
  const bytes = Uint8Array.from(eventFrame(event));
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 0xff;
  return bytes;
}

/**
 * Lengths of the frame and its headers, their checksum, headers, JSON, checksum of all before
 * ([the format][1]). AWS's own codec takes five times as long.
 *
 * [1]: https://smithy.io/2.0/aws/amazon-eventstream.html
 */
function frame(kind: 'event' | 'exception', name: string, payload: object): Uint8Array {
  const headers = headersOf(kind, name);
  const json = JSON.stringify(payload, bytesAsBase64);
  const end = 12 + headers.length + Buffer.byteLength(json);
  const bytes = Buffer.allocUnsafe(end + 4);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(headers.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  bytes.set(headers, 12);
  bytes.write(json, 12 + headers.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, end)), end);
  return bytes;
}

const knownHeaders = new Map<string, Buffer>();

function headersOf(kind: 'event' | 'exception', name: string): Buffer {
  const key = `${kind} ${name}`;
  const known = knownHeaders.get(key);
  if (known !== undefined) return known;
  const headers = Buffer.concat([
    header(`:${kind}-type`, name),
    header(':content-type', 'application/json'),
    header(':message-type', kind),
  ]);
  knownHeaders.set(key, headers);
  return headers;
}

/** Of the type that strings have, 7. */
function header(name: string, value: string): Buffer {
  const text = Buffer.from(value);
  return Buffer.concat([
    Buffer.of(name.length),
    Buffer.from(name),
    Buffer.of(7, text.length >> 8, text.length & 0xff),
    text,
  ]);
}

/** For `JSON.stringify`: blobs travel as base64. Not for Buffers, which make an object of themselves first. */
export const bytesAsBase64 = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
