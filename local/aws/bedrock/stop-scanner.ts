/** Cuts generated text at the first stop sequence completed, however the text is split on its way in. */
export interface StopScanner {
  /** @returns the text that can no longer be part of a stop sequence, and whether one has been completed */
  push(text: string): { text: string; stopped: boolean };
  /** What was held back, once generation ended by itself. */
  rest(): string;
}

export function createStopScanner(sequences: readonly string[]): StopScanner {
  let held = '';
  return {
    push(text) {
      held += text;
      const stopAt = firstCompleted(held, sequences);
      const safe = stopAt ?? held.length - partialMatchLength(held, sequences);
      const released = held.slice(0, safe);
      held = stopAt === undefined ? held.slice(safe) : '';
      return { text: released, stopped: stopAt !== undefined };
    },
    rest() {
      const text = held;
      held = '';
      return text;
    },
  };
}

/** Where the sequence that ends earliest begins: a model stops at the first one it completes. */
function firstCompleted(text: string, sequences: readonly string[]): number | undefined {
  let best: { start: number; end: number } | undefined;
  for (const sequence of sequences) {
    const start = text.indexOf(sequence);
    if (start === -1) continue;
    const end = start + sequence.length;
    const earlier = best === undefined || end < best.end || (end === best.end && start < best.start);
    if (earlier) best = { start, end };
  }
  return best?.start;
}

function partialMatchLength(text: string, sequences: readonly string[]): number {
  let longest = 0;
  for (const sequence of sequences) {
    for (let length = Math.min(sequence.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(sequence.slice(0, length))) longest = length;
    }
  }
  return longest;
}
