import { createFrameReader, type Frame } from './frame-reader.ts';
import { ConnectionError, type Exchange } from './http-connection.ts';
import { type Attempt, AwsError, endWith, refusal } from './light-client.ts';

/** So many bytes wait to be read before the sender has to wait. */
const mostWaiting = 256 * 1024;

/**
 * Opens a stream of events. Resolves with its first ones, so that a refusal rejects, in a status or in the first event.
 * Each read of the connection gives one list of events, and costs one turn of the event loop however many they are.
 * @param eventOf undefined for events to leave out
 */
export function eventStream<Event>(
  signal: AbortSignal,
  eventOf: (frame: Frame) => Event | undefined,
): Attempt<AsyncIterable<readonly Event[]>> {
  return (send) =>
    new Promise((resolve, reject) => {
      const reader = createFrameReader();
      let refused: { status: number; headers: ReadonlyMap<string, string> } | undefined;
      let refusedText = '';
      let waitingBytes = 0;
      let events: Event[] = [];
      let isOpen = false;
      let isPaused = false;
      let ended: 'whole' | Error | undefined;
      let reading: PromiseWithResolvers<IteratorResult<readonly Event[], undefined>> | undefined;

      const exchange: Exchange = send({
        head(status, headers) {
          if (status !== 200) refused = { status, headers };
        },
        data(bytes) {
          if (refused !== undefined) refusedText += bytes.toString('latin1');
          else if (ended === undefined) take(bytes);
        },
        readEnd: pass,
        end() {
          if (refused !== undefined) finish(refusal(refused, Buffer.from(refusedText, 'latin1').toString()));
          else finish(ended ?? endOf(reader));
        },
        failed: finish,
      });
      const stop = endWith(signal, exchange);

      function take(bytes: Buffer): void {
        waitingBytes += bytes.length;
        try {
          reader.read(bytes, (frame) => {
            requireEvent(frame);
            const event = eventOf(frame);
            if (event !== undefined) events.push(event);
          });
        } catch (error) {
          // Those before it are still passed on.
          ended = error as Error;
          exchange.abort(aborted());
        }
      }

      function finish(how: 'whole' | Error): void {
        ended ??= how;
        stop();
        pass();
      }

      /** Hands over what has come to whoever waits for it. */
      function pass(): void {
        if (!isOpen) {
          if (events.length > 0) {
            isOpen = true;
            resolve({ [Symbol.asyncIterator]: () => ({ next, return: leave }) });
          } else if (ended instanceof Error) reject(ended);
          else if (ended === 'whole') reject(new Error('The stream ended before its first event'));
        }
        if (reading !== undefined && (events.length > 0 || ended !== undefined)) {
          const { resolve: give, reject: fail } = reading;
          reading = undefined;
          settle(give, fail);
        } else if (isOpen && reading === undefined && waitingBytes > mostWaiting && ended === undefined) {
          isPaused = true;
          exchange.pause();
        }
      }

      function settle(
        give: (result: IteratorResult<readonly Event[], undefined>) => void,
        fail: (error: Error) => void,
      ): void {
        if (events.length > 0) {
          const value = events;
          events = [];
          waitingBytes = 0;
          give({ done: false, value });
        } else if (ended === 'whole') give({ done: true, value: undefined });
        else fail(ended as Error);
      }

      function next(): Promise<IteratorResult<readonly Event[], undefined>> {
        if (isPaused && ended === undefined) exchange.resume();
        isPaused = false;
        if (events.length > 0 || ended !== undefined) return new Promise(settle);
        reading = Promise.withResolvers();
        return reading.promise;
      }

      async function leave(): Promise<IteratorResult<readonly Event[], undefined>> {
        if (ended === undefined) exchange.abort(aborted());
        return { done: true, value: undefined };
      }
    });
}

const aborted = () => new ConnectionError('AbortError', 'The stream was not read to its end');

function endOf(reader: ReturnType<typeof createFrameReader>): 'whole' | Error {
  try {
    reader.end();
    return 'whole';
  } catch (error) {
    return error as Error;
  }
}

/** @throws AwsError for an exception within the stream, named as the SDK names it */
function requireEvent({ headers, payload }: Frame): void {
  const type = headers.get(':message-type');
  if (type === 'event') return;
  if (type === 'exception') {
    const name = headers.get(':exception-type') ?? '';
    const { message = name } = JSON.parse(payload.toString() || '{}') as { message?: string };
    throw new AwsError(name.charAt(0).toUpperCase() + name.slice(1), message, 200);
  }
  throw new AwsError(headers.get(':error-code') ?? 'UnknownError', headers.get(':error-message') ?? '', 200);
}
