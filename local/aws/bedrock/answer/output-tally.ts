import type { AnswerPart } from './answer-part.ts';
import { countTokens } from './split-tokens.ts';

export interface OutputTally {
  add(part: AnswerPart): void;
  tokens(): number;
}

/** Counts output block by block, so that the number doesn't depend on how it was cut into parts. */
export function createOutputTally(): OutputTally {
  let finished = 0;
  let kind: AnswerPart['kind'] | undefined;
  let said = '';
  return {
    add(part) {
      if (part.kind !== kind) {
        finished += countTokens(said);
        said = '';
      }
      kind = part.kind;
      said += wordsOf(part);
    },
    tokens: () => finished + countTokens(said),
  };
}

function wordsOf(part: AnswerPart): string {
  if (part.kind === 'text' || part.kind === 'reasoning') return part.text;
  if (part.kind === 'toolInput') return part.json;
  return part.kind === 'toolUse' ? part.name : '';
}
