import { randomBytes } from 'node:crypto';

/** Crockford's, in lower case: no letter that looks like a digit. */
export const base32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** Five random bits in each character. */
export function randomBase32(characters: number): string {
  return Array.from(randomBytes(characters), (byte) => base32.charAt(byte & 31)).join('');
}
