import { createParser } from 'eventsource-parser';
import { ApiError, refusalIn } from './api-error.ts';
import { t } from './language/t.ts';

/** A chunk of a chat has a few hundred characters. Anything near this is no chat, and must not fill the tab's memory. */
const longestEventCharacters = 1_000_000;

/**
 * Reads the server-sent events of a chat, however they are split, until `[DONE]`.
 * @yields the parsed data of each event
 * @throws ApiError for an error event, for data that can't be read, and for a stream that ends without `[DONE]`; an
 *   aborted fetch throws the browser's own AbortError
 */
export async function* readChatStream<Chunk>(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Chunk> {
  for await (const data of readEvents(body)) {
    if (data === '[DONE]') return;
    const chunk = parse(data);
    const refusal = refusalIn(chunk);
    if (refusal !== undefined) throw new ApiError('server', refusal.message, refusal);
    yield chunk as Chunk;
  }
  throw brokenOff();
}

/** The data of each complete event. What the stream ends in the middle of is dropped, as the standard says. */
async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let events: string[] = [];
  let tooLong: Error | undefined;
  const parser = createParser({
    maxBufferSize: longestEventCharacters,
    onEvent: ({ data }) => events.push(data),
    onError(error) {
      // Fields that the standard doesn't know are ignored.
      if (error.type === 'max-buffer-size-exceeded') tooLong = error;
    },
  });
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw isAbort(cause) ? cause : brokenOff(cause);
      });
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* events;
      events = [];
      if (tooLong !== undefined) throw unreadable(tooLong);
    }
  } finally {
    // A caller that stops reading ends the call, and stops paying for the rest.
    await reader.cancel().catch(() => {});
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw unreadable(cause);
  }
}

const isAbort = (cause: unknown) => cause instanceof DOMException && cause.name === 'AbortError';

function unreadable(cause: unknown): ApiError {
  return new ApiError('server', t('Part of the answer could not be read.'), {
    code: 'unreadable_answer',
    cause,
  });
}

function brokenOff(cause?: unknown): ApiError {
  const message = t('The answer was cut off. What arrived so far is kept.');
  return new ApiError('network', message, { code: 'network_error', cause });
}
