import { type FaultRule, isStreamException, type StreamException } from '../../../faults.ts';
import { AwsError } from '../../service.ts';
import { isBedrockErrorName } from '../errors.ts';
import { corruptFrame, eventFrame, type StreamEvent, type StreamItem } from './event-frames.ts';

/** Thrown where a fault switch or a script breaks the connection. */
export class ConnectionCut extends Error {}

/** Bytes to be written; a piece is flushed before the next. */
export interface StreamBytes {
  bytes: Uint8Array;
  isPiece: boolean;
}

/** Turns a stream's items into bytes, with a fault striking on the way. */
export interface Framer {
  /** @throws ConnectionCut, or the AwsError the stream is to end with */
  frames(item: StreamItem): Iterable<StreamBytes>;
  /** What a fault does to a stream that ends before it could strike. @throws as `frames` */
  rest(): StreamBytes[];
  /** A truncated frame was the last. */
  readonly isOver: boolean;
}

/** @param fault strikes after its number of events, or at the end of a shorter stream */
export function createFramer(fault: FaultRule | undefined): Framer {
  const strikeAfter = fault?.afterEvents ?? 1;
  let sent = 0;
  let last: StreamEvent | undefined;
  return {
    frames(item) {
      if ('cut' in item) throw new ConnectionCut();
      if ('exception' in item) throw new AwsError(item.exception, item.message, 500);
      const isStruck = fault !== undefined && sent === strikeAfter;
      last = item;
      sent += 1;
      return isStruck ? [{ bytes: strike(fault, item), isPiece: false }] : piecesOf(item);
    },
    rest: () =>
      fault !== undefined && last !== undefined && sent <= strikeAfter
        ? [{ bytes: strike(fault, last), isPiece: false }]
        : [],
    get isOver() {
      return last?.flaw === 'truncated';
    },
  };
}

function* piecesOf(event: StreamEvent): Generator<StreamBytes> {
  const frame = event.flaw === 'corrupt' ? corruptFrame(event) : eventFrame(event);
  const end = event.flaw === 'truncated' ? Math.floor(frame.length / 2) : frame.length;
  const { pieceBytes = end } = event;
  for (let at = 0; at < end; at += pieceBytes) {
    yield {
      bytes: frame.subarray(at, Math.min(end, at + pieceBytes)),
      isPiece: event.pieceBytes !== undefined,
    };
  }
}

function strike(fault: FaultRule, event: StreamEvent): Uint8Array {
  if (fault.kind === 'corrupt-frame') return corruptFrame(event);
  if (fault.kind === 'cut') throw new ConnectionCut();
  const name = fault.error ?? 'internalServerException';
  throw new AwsError(name, fault.message ?? 'Made to fail by a fault switch (mid-stream-error).', 500);
}

/** The stream exception for a failure after the first event; there are only five. */
export function streamExceptionOf(error: unknown): { name: StreamException; message: string } {
  if (!(error instanceof AwsError)) {
    return {
      name: 'internalServerException',
      message: 'The local Bedrock stand-in failed; its terminal says why.',
    };
  }
  const camelCase = error.code.charAt(0).toLowerCase() + error.code.slice(1);
  if (isStreamException(camelCase)) return { name: camelCase, message: error.message };
  const isModels = error.code.startsWith('Model') && isBedrockErrorName(error.code);
  return { name: isModels ? 'modelStreamErrorException' : 'internalServerException', message: error.message };
}
