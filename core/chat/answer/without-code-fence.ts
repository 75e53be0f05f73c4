import type { AnswerStep } from './steps.ts';

/**
 * Removes the code fence that models put around JSON although the prompt forbids it. Text without one passes as it
 * comes; otherwise the opening line, and a possible end, are held back until more is known.
 */
export function withoutCodeFence(): AnswerStep {
  const parts = new Map<number, ReturnType<typeof createFenceCut>>();
  return (event) => {
    if (event.type === 'text') {
      const cut = parts.get(event.part) ?? createFenceCut();
      parts.set(event.part, cut);
      const text = cut.next(event.text);
      return text === '' ? [] : [{ ...event, text }];
    }
    if (event.type === 'part-end') {
      const text = parts.get(event.part)?.rest() ?? '';
      if (text !== '') return [{ type: 'text', part: event.part, text }, event];
    }
    return [event];
  };
}

const openingLine = /^\s*```[a-z]*[ \t]*\r?\n/i;
/** The beginning of such a line, or of an answer. */
const maybeOpening = /^\s*(`{0,2}|```[a-z]*[ \t]*\r?)$/i;
const maybeClosing = /\s*`{0,3}\s*$/;

function createFenceCut() {
  let state: 'undecided' | 'plain' | 'fenced' = 'undecided';
  let opening = '';
  let held = '';
  let said = false;
  return {
    next(piece: string): string {
      held += piece;
      if (state === 'undecided') {
        if (maybeOpening.test(held)) return '';
        opening = openingLine.exec(held)?.[0] ?? '';
        state = opening === '' ? 'plain' : 'fenced';
        held = held.slice(opening.length);
      }
      const keep = state === 'fenced' ? (maybeClosing.exec(held)?.[0].length ?? 0) : 0;
      const text = held.slice(0, held.length - keep);
      held = held.slice(text.length);
      said ||= text !== '';
      return text;
    },
    /** What was held back, without the fence; an answer that is only a fence stays. */
    rest(): string {
      if (!said) return opening + held;
      return held.trim() === '```' ? '' : held;
    },
  };
}
