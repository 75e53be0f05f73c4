import { createParser } from 'eventsource-parser';

const eventLimitCharacters = 4 * 1024 * 1024;

/**
 * The `data` of each server-sent event, as its bytes arrive.
 * @throws when one event grows beyond four million characters
 */
export async function* readSseData(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let events: string[] = [];
  const parser = createParser({
    maxBufferSize: eventLimitCharacters,
    onEvent: ({ data }) => void events.push(data),
    onError(error) {
      // The parser's other errors are fields it doesn't know, which the standard says to ignore.
      if (error.type === 'max-buffer-size-exceeded') throw new Error('a server-sent event is too long');
    },
  });
  const decoder = new TextDecoder();
  function* fed(text: string): Generator<string> {
    parser.feed(text);
    yield* events;
    events = [];
  }
  for await (const chunk of bytes) yield* fed(decoder.decode(chunk, { stream: true }));
  // Some servers leave out the blank line after `[DONE]`.
  yield* fed(`${decoder.decode()}\n\n`);
}
