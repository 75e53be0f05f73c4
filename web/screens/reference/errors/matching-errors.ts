import { type ErrorCode, errorCodes } from '../../../../core/errors.ts';

const all = Object.keys(errorCodes) as ErrorCode[];

/** The codes that have every word of the query in their name, their status or what is said of them; without one, all. */
export function matchingErrors(
  words: readonly string[],
  explained: ReadonlyMap<string, string> | undefined,
): ErrorCode[] {
  return all.filter((code) => {
    const text = `${code} ${errorCodes[code].status} ${explained?.get(code) ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
