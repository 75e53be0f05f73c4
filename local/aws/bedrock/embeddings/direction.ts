import { createHash } from 'node:crypto';

/**
 * A unit vector for a text: the sum of a direction for each word, whatever its case. Texts with words in common are
 * nearer to each other; there is no other meaning.
 */
export function directionOf(text: string, dimensions: number): number[] {
  const sum = new Float64Array(dimensions);
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [text];
  for (const word of words) addDirection(sum, word);
  const length = Math.hypot(...sum);
  return Array.from(sum, (part) => part / length);
}

/** xorshift32 from a seed that is the word's own. */
function addDirection(sum: Float64Array, word: string): void {
  let state = createHash('sha256').update(word).digest().readUInt32LE(0) || 1;
  for (let at = 0; at < sum.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    sum[at] = (sum[at] ?? 0) + (state >>> 0) / 0x8000_0000 - 1;
  }
}
