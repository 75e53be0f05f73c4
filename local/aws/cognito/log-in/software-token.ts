import { createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../service.ts';
import { codeMismatch } from '../errors.ts';

/** What Cognito keeps of a user's authenticator app. */
export interface SoftwareToken {
  /** Base32, as it was handed out. */
  secret: string;
  isVerified: boolean;
  isEnabled: boolean;
  /** The time step of the last code that was used. */
  lastStep: number;
}

const stepSeconds = 30;
/** Clocks of phones differ. */
const driftSteps = 1;

/** Base32 of RFC 4648, without padding. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function newSecret(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/**
 * Takes a code of RFC 6238. Each works once.
 * @returns the time step that it used up
 * @throws CodeMismatchException, or ExpiredCodeException for one that was used
 */
export function takeCode({ secret, lastStep }: SoftwareToken, code: string, now: number): number {
  const current = Math.floor(now / 1000 / stepSeconds);
  for (let step = current - driftSteps; step <= current + driftSteps; step += 1) {
    if (!isSame(codeAt(secret, step), code)) continue;
    if (step <= lastStep) {
      throw new AwsError('ExpiredCodeException', 'Your software token has already been used once.');
    }
    return step;
  }
  throw codeMismatch();
}

export const usesSoftwareToken = ({ softwareToken }: { softwareToken?: SoftwareToken | undefined }) =>
  softwareToken?.isVerified === true && softwareToken.isEnabled;

function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', decode(secret)).update(counter).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function decode(secret: string): Buffer {
  let bits = '';
  for (const letter of secret) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
