import type { DaypassError } from '../../errors.ts';
import { sseDone, sseEvent } from '../answer/server-sent-events.ts';
import type { ChatEvent } from '../chat.ts';
import type { AnswerHead } from '../dialect.ts';
import { createChunks } from './stream.ts';

/**
 * A streamed answer on the wire. It ends with the terminator, or, when the answer breaks off, with one error
 * event and no terminator: OpenAI's SDKs then raise the error instead of taking half an answer for a whole.
 */
export async function* streamCompletion(
  head: AnswerHead,
  events: AsyncIterable<ChatEvent>,
  includeUsage: boolean,
  toRefusal: (error: unknown) => DaypassError,
): AsyncIterable<string> {
  const chunks = createChunks(head, includeUsage);
  yield sseEvent(chunks.opening());
  try {
    for await (const event of events) {
      const chunk = chunks.next(event);
      if (chunk !== undefined) yield sseEvent(chunk);
    }
  } catch (error) {
    yield sseEvent(toRefusal(error).toBody());
    return;
  }
  yield sseDone;
}
