import { createHash } from 'node:crypto';
import type { JsonObject } from '../json.ts';

/** In the form of Bedrock's; the same request always gets the same ids. */
export function newToolUseId(request: JsonObject, ordinal: number): string {
  const digest = createHash('sha256')
    .update(`${ordinal} ${JSON.stringify(request)}`)
    .digest('base64url');
  return `tooluse_${digest.slice(0, 22)}`;
}

const lengths = [1, 4, 2, 7, 3, 1, 11, 5];

/**
 * A text in pieces of odd lengths. Characters beyond ASCII are written as JSON escapes first, so that pieces also
 * end inside of one, and between the two of a surrogate pair.
 * @param json a JSON text
 */
export function oddPieces(json: string): string[] {
  const ascii = json.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const pieces: string[] = [];
  for (let at = 0; at < ascii.length; ) {
    const length = lengths[pieces.length % lengths.length] ?? 1;
    pieces.push(ascii.slice(at, at + length));
    at += length;
  }
  return pieces;
}
