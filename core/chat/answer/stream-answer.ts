import type { DaypassError } from '../../errors.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerStream } from '../dialect.ts';

/**
 * A streamed answer on the wire. It ends as its dialect ends one or, when the answer breaks off, with one error event
 * and no terminator, so that clients don't take half an answer for a whole one. It never throws.
 */
export async function* streamAnswer(
  stream: AnswerStream,
  events: AsyncIterable<ChatEvent>,
  toRefusal: (error: unknown) => DaypassError,
): AsyncIterable<string> {
  yield stream.opening();
  try {
    for await (const event of events) {
      const text = stream.next(event);
      if (text !== '') yield text;
    }
  } catch (error) {
    yield stream.failure(toRefusal(error));
    return;
  }
  yield stream.closing();
}
