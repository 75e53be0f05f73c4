import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule } from '../../../faults.ts';
import { cutConnection } from '../../cut-connection.ts';
import type { AwsRequest } from '../../service.ts';
import type { ModelCall, Responder } from '../responders/responder.ts';
import { exceptionFrame } from '../stream/event-frames.ts';
import { ConnectionCut, createFramer, streamExceptionOf } from '../stream/stream-faults.ts';
import { createStreamWriter, type StreamWriter } from '../stream/stream-writer.ts';

/**
 * Writes the answer itself. A failure before the first event is thrown and becomes a status; a later one becomes the
 * stream's last frame, and is thrown as well.
 * @param fault the stream fault that strikes this call, if any
 */
export async function converseStream(
  responder: Responder,
  call: ModelCall,
  { request, response }: AwsRequest['raw'],
  fault: FaultRule | undefined,
): Promise<void> {
  const items = responder.converseStream(call)[Symbol.asyncIterator]();
  let next = await items.next();
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': randomUUID(),
  });
  const framer = createFramer(fault);
  const writer = createStreamWriter(response, call.signal);
  try {
    for (;;) {
      for (const { bytes, isPiece } of next.done ? framer.rest() : framer.frames(next.value)) {
        const drained = writer.write(bytes);
        if (drained !== undefined) await drained;
        if (isPiece) await apart(writer);
      }
      if (next.done || framer.isOver) break;
      next = await items.next();
    }
  } catch (error) {
    if (error instanceof ConnectionCut) {
      // A stream that is cut before its first event has a status all the same.
      response.flushHeaders();
      await writer.flushed();
      cutConnection(request);
    } else if (!call.signal.aborted) {
      const { name, message } = streamExceptionOf(error);
      writer.end(exceptionFrame(name, message));
    }
    throw error;
  } finally {
    await items.return?.();
  }
  writer.end();
}

/** Keeps a piece from being joined with the next: a millisecond is enough for a reader to take it. */
async function apart(writer: StreamWriter): Promise<void> {
  await writer.flushed();
  await sleep(1);
}
