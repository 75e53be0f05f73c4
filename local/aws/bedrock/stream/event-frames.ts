import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { StreamException } from '../../../faults.ts';

const codec = new EventStreamCodec(
  (input) => Buffer.from(input as Uint8Array).toString('utf8'),
  (input) => Buffer.from(input, 'utf8'),
);

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

export const eventFrame = ({ name, payload }: StreamEvent): Uint8Array =>
  frame({ ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' }, payload);

export const exceptionFrame = (name: StreamException, message: string): Uint8Array =>
  frame(
    { ':exception-type': name, ':content-type': 'application/json', ':message-type': 'exception' },
    { message },
  );

/** A frame whose message checksum, its last four bytes, does not fit. */
export function corruptFrame(event: StreamEvent): Uint8Array {
  const bytes = Uint8Array.from(eventFrame(event));
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 0xff;
  return bytes;
}

function frame(headers: Record<string, string>, payload: object): Uint8Array {
  const typed = Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }] as const);
  return codec.encode({
    headers: Object.fromEntries(typed),
    body: Buffer.from(JSON.stringify(payload, bytesAsBase64), 'utf8'),
  });
}

/** For `JSON.stringify`: blobs travel as base64. Not for Buffers, which make an object of themselves first. */
export const bytesAsBase64 = (_key: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
