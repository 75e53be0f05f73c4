import { randomUUID } from 'node:crypto';
import type { FaultRule } from '../../faults.ts';
import { cutConnection } from '../connections.ts';
import type { AwsRequest } from '../service.ts';
import { exceptionFrame, type StreamEvent } from './event-frames.ts';
import type { ModelCall, Responder } from './responders/responder.ts';
import { ConnectionCut, framesWithFault, streamExceptionOf } from './stream-faults.ts';
import { createStreamWriter } from './stream-writer.ts';

/**
 * Writes the answer itself. What fails before the first event is thrown for a real status; what fails later
 * becomes the stream's last frame, and is thrown as well.
 * @param fault the stream fault that strikes this call, if any
 */
export async function converseStream(
  responder: Responder,
  call: ModelCall,
  { request, response }: AwsRequest['raw'],
  fault: FaultRule | undefined,
): Promise<void> {
  const events = await startedEvents(responder.converseStream(call));
  response.writeHead(200, {
    'content-type': 'application/vnd.amazon.eventstream',
    'x-amzn-requestid': randomUUID(),
  });
  const writer = createStreamWriter(response, call.signal);
  try {
    for await (const frame of framesWithFault(events, fault)) await writer.write(frame);
  } catch (error) {
    if (error instanceof ConnectionCut) {
      // A stream that is cut before its first event has begun all the same.
      response.flushHeaders();
      await writer.flushed();
      cutConnection(request);
    } else if (!call.signal.aborted) {
      const { name, message } = streamExceptionOf(error);
      response.end(exceptionFrame(name, message));
    }
    throw error;
  }
  response.end();
}

/** Resolves once there is a first event. Leaving the events early stops whatever makes them. */
async function startedEvents(source: AsyncIterable<StreamEvent>): Promise<AsyncIterable<StreamEvent>> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}
