/**
 * The stand-in's tokens: up to six letters or digits, or one other character, each with the white space before
 * it; white space at the end is a token of its own. No model counts like this, but English comes out near 4
 * characters a token as with real ones, the same text always gives the same number, and no character is split.
 */
const token = /\s*(?:[\p{L}\p{M}\p{N}]{1,6}|[^\s\p{L}\p{M}\p{N}])|\s+$/gu;

/** Joined together, the tokens are the text again. */
export const splitTokens = (text: string): string[] => text.match(token) ?? [];

/** In half the time that splitting takes, which counts with a prompt of a megabyte. */
export function countTokens(text: string): number {
  let count = 0;
  token.lastIndex = 0;
  while (token.test(text)) count += 1;
  return count;
}
