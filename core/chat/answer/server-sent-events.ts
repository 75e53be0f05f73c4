import type { DaypassError } from '../../errors.ts';
import type { ChatEvent } from '../chat.ts';
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

/** Stands where an event's text goes, and in no other field. */
const mark = '\u0000text\u0000';

/** For events that differ by a text alone, of which an answer has thousands: all around it is written once. */
export function sseTextEvent(write: (text: string) => string): (text: string) => string {
  const [before = '', after = ''] = write(mark).split(JSON.stringify(mark));
  return (text) => before + JSON.stringify(text) + after;
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
      for (const event of joinPieces(came)) text += stream.next(event);
      if (text !== '') yield text;
    }
  } catch (error) {
    yield stream.failure(toRefusal(error));
    return;
  }
  yield stream.closing();
}

/** Pieces of one part that came at once are sent as one. */
function joinPieces(events: readonly ChatEvent[]): readonly ChatEvent[] {
  if (events.length < 2) return events;
  const joined: ChatEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    const both = last && joinTwo(last, event);
    if (both === undefined) joined.push(event);
    else joined[joined.length - 1] = both;
  }
  return joined;
}

function joinTwo(one: ChatEvent, other: ChatEvent): ChatEvent | undefined {
  if (!('part' in one && 'part' in other) || one.part !== other.part) return undefined;
  if (one.type === 'text' && other.type === 'text') return { ...one, text: one.text + other.text };
  if (one.type === 'reasoning' && other.type === 'reasoning') return { ...one, text: one.text + other.text };
  if (one.type === 'tool-input' && other.type === 'tool-input')
    return { ...one, json: one.json + other.json };
  return undefined;
}
