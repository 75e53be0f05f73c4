import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { keyForm } from '../contract/key-requests.ts';

/**
 * A key's secret is `dpk` + 32 random base62 characters + 6 checksum characters: letters and digits only, since API
 * Gateway takes nothing else, and recognisable by secret scanners. The checksum is the CRC-32 of the rest, which every
 * edit of one character changes.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const form = new RegExp(`^${keyForm}$`);
const checksumLength = 6;

export function newKeySecret(): string {
  const random = Array.from({ length: 32 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  const body = `dpk${random}`;
  return body + checksum(body);
}

/** Whether the text has the form of a secret and a right checksum, whether or not it was ever issued. */
export function isKeySecret(text: string): boolean {
  return form.test(text) && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** What is stored instead of the secret: SHA-256, hexadecimal. 190 random bits need no salt and no slow hash. */
export function hashKeySecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < checksumLength; place += 1) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}
