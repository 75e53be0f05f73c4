import type { AnswerPart } from './answer-part.ts';
import { splitTokens } from './split-tokens.ts';

export interface OutputTally {
  add(part: AnswerPart): void;
  tokens(): number;
}

/**
 * Counts output block by block, so that the number doesn't depend on how it was cut into parts. Only the last two tokens
 * can still grow: a part may end within a word, or within a character whose other half makes it a letter of the word
 * before.
 */
export function createOutputTally(): OutputTally {
  let finished = 0;
  let kind: AnswerPart['kind'] | undefined;
  let open: string[] = [];
  return {
    add(part) {
      if (part.kind !== kind) {
        finished += open.length;
        open = [];
      }
      kind = part.kind;
      const tokens = splitTokens(open.join('') + wordsOf(part));
      open = tokens.slice(-2);
      finished += tokens.length - open.length;
    },
    tokens: () => finished + open.length,
  };
}

function wordsOf(part: AnswerPart): string {
  if (part.kind === 'text' || part.kind === 'reasoning') return part.text;
  if (part.kind === 'toolInput') return part.json;
  return part.kind === 'toolUse' ? part.name : '';
}
