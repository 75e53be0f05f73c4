import { finished } from 'node:stream/promises';
import type { ThreadCall } from '../thread-protocol.ts';
import { highWaterMarkOf, isStreaming, type LoadedFunction } from './awslambda-global.ts';
import { invocationContext } from './invocation-context.ts';
import { type ResponseSink, ResponseStream } from './response-stream.ts';
import { RuntimeError } from './runtime-errors.ts';

/** One run of the handler. `result` has JSON text, or nothing when it streamed. */
export interface Run {
  result: Promise<string | undefined>;
  stream: ResponseStream | undefined;
}

export function runHandler(
  handler: LoadedFunction['call'],
  call: ThreadCall,
  sink: ResponseSink,
  windowBytes: number,
): Run {
  process.env._X_AMZN_TRACE_ID = call.traceId;
  const event: unknown = JSON.parse(call.event);
  if (!isStreaming(handler)) return { result: runBuffered(handler, event, call), stream: undefined };
  const stream = new ResponseStream(sink, { windowBytes, highWaterMark: highWaterMarkOf(handler) });
  return { result: runStreaming(handler, event, stream, call), stream };
}

async function runBuffered(
  handler: LoadedFunction['call'],
  event: unknown,
  call: ThreadCall,
): Promise<string> {
  const result: unknown = await handler(event, invocationContext(call));
  try {
    return JSON.stringify(result) ?? 'null';
  } catch {
    throw new RuntimeError('JSONStringifyError', 'Unable to stringify response body');
  }
}

async function runStreaming(
  handler: LoadedFunction['call'],
  event: unknown,
  stream: ResponseStream,
  call: ThreadCall,
): Promise<undefined> {
  // Attached first: a write error must end the call, not the environment.
  const streamFinished = finished(stream);
  streamFinished.catch(() => {});
  const pending: unknown = handler(event, stream, invocationContext(call));
  if (!isPromise(pending)) throw new Error('Streaming does not support non-async handlers.');
  if ((await pending) !== undefined) console.warn('Streaming handlers ignore return values.');
  await streamFinished;
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
