/** Cuts generated text at the first stop sequence completed, however the text is split on its way in. */
export interface StopScanner {
  /** @returns the text that can no longer be part of a stop sequence, and the one that has been completed */
  push(text: string): { text: string; stopped: string | undefined };
  /** What was held back, once generation ended by itself. */
  rest(): string;
}

export function createStopScanner(sequences: readonly string[]): StopScanner {
  let held = '';
  return {
    push(text) {
      held += text;
      const completed = firstCompleted(held, sequences);
      const safe = completed?.start ?? held.length - partialMatchLength(held, sequences);
      const released = held.slice(0, safe);
      held = completed === undefined ? held.slice(safe) : '';
      return { text: released, stopped: completed?.sequence };
    },
    rest() {
      const text = held;
      held = '';
      return text;
    },
  };
}

interface Found {
  sequence: string;
  start: number;
  end: number;
}

/** The sequence that ends earliest: a model stops at the first one it completes. */
function firstCompleted(text: string, sequences: readonly string[]): Found | undefined {
  let best: Found | undefined;
  for (const sequence of sequences) {
    const start = text.indexOf(sequence);
    if (start === -1) continue;
    const end = start + sequence.length;
    const earlier = best === undefined || end < best.end || (end === best.end && start < best.start);
    if (earlier) best = { sequence, start, end };
  }
  return best;
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
