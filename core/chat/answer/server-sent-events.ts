import type { DaypassError } from '../../errors.ts';
import type { AnswerStream } from '../dialect.ts';
import type { AnswerEvents } from './steps.ts';

/** One server-sent event with JSON data, ready for the wire. JSON text has no raw line breaks. */
export function sseEvent(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** The same with the event's name, its data's `type`, on a line of its own. */
export function sseNamedEvent(data: { type: string }): string {
  return `event: ${data.type}\n${sseEvent(data)}`;
}

/** OpenAI's terminator. */
export const sseDone = 'data: [DONE]\n\n';

/** A comment: it keeps idle connections open, and clients skip it. */
export const sseHeartbeat = ': keep-alive\n\n';

/**
 * A streamed answer on the wire. It ends as its dialect ends one or, when the answer breaks off, with one error event
 * and no terminator, so that clients don't take half an answer for a whole one. It never throws.
 */
export async function* streamAnswer(
  stream: AnswerStream,
  events: AnswerEvents,
  toRefusal: (error: unknown) => DaypassError,
): AsyncIterable<string> {
  const opening = stream.opening();
  if (opening !== '') yield opening;
  try {
    for await (const came of events) {
      let text = '';
      for (const event of came) text += stream.next(event);
      if (text !== '') yield text;
    }
  } catch (error) {
    yield stream.failure(toRefusal(error));
    return;
  }
  yield stream.closing();
}
