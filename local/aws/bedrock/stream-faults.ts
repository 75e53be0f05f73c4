import { type FaultRule, isStreamException, type StreamException } from '../../faults.ts';
import { AwsError } from '../service.ts';
import { bedrockStatuses } from './errors.ts';
import { corruptFrame, eventFrame, type StreamEvent } from './event-frames.ts';

/** Thrown where a fault switch breaks the connection. */
export class ConnectionCut extends Error {}

/**
 * A stream's events as frames, with `fault` striking after its number of events, or at the end of a shorter stream.
 * @throws ConnectionCut, or the AwsError the stream is to end with
 */
export async function* framesWithFault(
  events: AsyncIterable<StreamEvent>,
  fault: FaultRule | undefined,
): AsyncGenerator<Uint8Array> {
  const strikeAfter = fault?.afterEvents ?? 1;
  let sent = 0;
  let last: StreamEvent | undefined;
  for await (const event of events) {
    yield fault !== undefined && sent === strikeAfter ? strike(fault, event) : eventFrame(event);
    sent += 1;
    last = event;
  }
  if (fault !== undefined && last !== undefined && sent <= strikeAfter) yield strike(fault, last);
}

function strike(fault: FaultRule, event: StreamEvent): Uint8Array {
  if (fault.kind === 'corrupt-frame') return corruptFrame(event);
  if (fault.kind === 'cut') throw new ConnectionCut();
  const name = fault.error ?? 'internalServerException';
  throw new AwsError(name, fault.message ?? 'Made to fail by a fault switch (mid-stream-error).', 500);
}

/** The stream exception that tells a failure after the first event; there are only five. */
export function streamExceptionOf(error: unknown): { name: StreamException; message: string } {
  if (!(error instanceof AwsError)) {
    return {
      name: 'internalServerException',
      message: 'The local Bedrock stand-in failed; its terminal says why.',
    };
  }
  const camelCase = error.code.charAt(0).toLowerCase() + error.code.slice(1);
  if (isStreamException(camelCase)) return { name: camelCase, message: error.message };
  const isModels = error.code.startsWith('Model') && error.code in bedrockStatuses;
  return { name: isModels ? 'modelStreamErrorException' : 'internalServerException', message: error.message };
}
