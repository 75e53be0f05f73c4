import { createHash } from 'node:crypto';
import type { JsonObject } from '../json-fields.ts';

/** In Bedrock's form, and always the same for the same request. */
export function newToolUseId(request: JsonObject, ordinal: number): string {
  const digest = createHash('sha256')
    .update(`${ordinal} ${JSON.stringify(request)}`)
    .digest('base64url');
  return `tooluse_${digest.slice(0, 22)}`;
}

const lengths = [1, 4, 2, 7, 3, 1, 11, 5];

/**
 * JSON in pieces of odd lengths. Characters beyond ASCII are written as escapes first, so that pieces also end within an
 * escape, and between those of a surrogate pair.
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
