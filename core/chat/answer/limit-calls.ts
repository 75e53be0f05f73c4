import { DaypassError } from '../../errors.ts';
import type { ChatEvent } from '../chat.ts';

/** How many calls of tools an answer may hold, where the model itself can't be limited. */
export type AllowedCalls = 'any' | 'one' | 'none';

/** The answer with no more calls than allowed. The rest is still read, since its tokens are counted at its end. */
export function limitCalls(
  events: AsyncIterable<ChatEvent>,
  allowed: AllowedCalls,
): AsyncIterable<ChatEvent> {
  if (allowed === 'one') return untilFirstCall(events);
  return allowed === 'none' ? withoutCalls(events) : events;
}

/** Ends the answer after its first call. */
async function* untilFirstCall(events: AsyncIterable<ChatEvent>): AsyncIterable<ChatEvent> {
  let last = Number.POSITIVE_INFINITY;
  let isCut = false;
  for await (const event of events) {
    if (event.type === 'tool-call') last = Math.min(last, event.part);
    if ('part' in event && event.part > last) isCut = true;
    else if (event.type === 'stop' && isCut) yield { type: 'stop', reason: 'tool-calls' };
    else yield event;
  }
}

/**
 * Leaves out the calls of a model that was told not to call tools.
 * @throws DaypassError `model_failed` where nothing else is said
 */
async function* withoutCalls(events: AsyncIterable<ChatEvent>): AsyncIterable<ChatEvent> {
  const left = new Set<number>();
  let said = false;
  for await (const event of events) {
    if (event.type === 'tool-call') left.add(event.part);
    if ('part' in event) {
      if (left.has(event.part)) continue;
      said ||= event.type === 'text';
      const before = [...left].filter((part) => part < event.part).length;
      yield { ...event, part: event.part - before };
    } else if (event.type === 'stop' && event.reason === 'tool-calls') {
      if (!said) {
        throw new DaypassError('model_failed', 'The model called a tool that it may not call. Try again.');
      }
      yield { type: 'stop', reason: 'end' };
    } else yield event;
  }
}
