import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Finding } from './api.ts';

export interface StreamRead {
  events: { event?: string | undefined; data: string }[];
  /** Until the first event, in milliseconds. */
  firstMs: number;
  totalMs: number;
  /** Times that bytes came, as the network delivered them. */
  reads: number;
}

/** Reads an answer of server-sent events to its end, and notes when its pieces came. */
export async function readStream(response: Response, startedAt: number): Promise<StreamRead> {
  const type = response.headers.get('content-type');
  if (response.status !== 200 || !type?.startsWith('text/event-stream'))
    throw new Finding(`a stream was expected, and ${response.status} with ${type} came`);
  const read: StreamRead = { events: [], firstMs: Number.NaN, totalMs: 0, reads: 0 };
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      read.reads += 1;
      controller.enqueue(bytes);
    },
  });
  const events = response.body
    ?.pipeThrough(counted)
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of events ?? []) {
    if (read.events.length === 0) read.firstMs = performance.now() - startedAt;
    read.events.push({ event, data });
  }
  read.totalMs = performance.now() - startedAt;
  return read;
}
