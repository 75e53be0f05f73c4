import { DaypassError } from '../../errors.ts';
import type { AnswerStep } from './steps.ts';

/** How many calls of tools an answer may hold, where the model itself can't be limited. */
export type AllowedCalls = 'any' | 'one' | 'none';

/** Keeps an answer to the calls that are allowed. The rest is still read, since its tokens are counted at its end. */
export function limitCalls(allowed: AllowedCalls): AnswerStep {
  if (allowed === 'one') return untilFirstCall();
  return allowed === 'none' ? withoutCalls() : (event) => [event];
}

/** Ends the answer after its first call. */
function untilFirstCall(): AnswerStep {
  let last = Number.POSITIVE_INFINITY;
  let isCut = false;
  return (event) => {
    if (event.type === 'tool-call') last = Math.min(last, event.part);
    if ('part' in event && event.part > last) {
      isCut = true;
      return [];
    }
    return event.type === 'stop' && isCut ? [{ type: 'stop', reason: 'tool-calls' }] : [event];
  };
}

/**
 * Leaves out the calls of a model that was told not to call tools.
 * @throws DaypassError `model_failed` where nothing else is said
 */
function withoutCalls(): AnswerStep {
  const left = new Set<number>();
  let said = false;
  return (event) => {
    if (event.type === 'tool-call') left.add(event.part);
    if ('part' in event) {
      if (left.has(event.part)) return [];
      said ||= event.type === 'text';
      const before = [...left].filter((part) => part < event.part).length;
      return [before === 0 ? event : { ...event, part: event.part - before }];
    }
    if (event.type !== 'stop' || event.reason !== 'tool-calls') return [event];
    if (!said) {
      throw new DaypassError('model_failed', 'The model called a tool that it may not call. Try again.');
    }
    return [{ type: 'stop', reason: 'end' }];
  };
}
