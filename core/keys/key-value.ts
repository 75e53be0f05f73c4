import { createHash, randomInt } from 'node:crypto';

/**
 * A key value is `dpk` + 32 random base62 characters + 6 checksum characters: letters and digits only, since
 * API Gateway takes nothing else, and recognisable by secret scanners. The checksum is the CRC-32 of what
 * stands before it, which changes with every edit of one character.
 */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const form = /^dpk[0-9A-Za-z]{38}$/;
const checksumLength = 6;

export function newKeyValue(): string {
  const random = Array.from({ length: 32 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
  const body = `dpk${random}`;
  return body + checksum(body);
}

/** Whether the text has a key's form and a right checksum; says nothing about whether it was ever issued. */
export function isKeyValue(text: string): boolean {
  return form.test(text) && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** What is stored in the value's place: SHA-256, hexadecimal. 190 random bits need no salt or slow hash. */
export function hashKeyValue(value: string): string {
  return createHash('sha256').update(value).digest('hex');
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

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text, 'ascii')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
