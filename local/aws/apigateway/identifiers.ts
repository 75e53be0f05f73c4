import { createHash } from 'node:crypto';
import type { Randomness } from '../../randomness.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const mixedCase = `${alphabet}ABCDEFGHIJKLMNOPQRSTUVWXYZ`;

/** The same id for the same template resource at every start, so that URLs, bindings and counters stay valid. */
export const stableId = (type: string, logicalId: string, length: number): string =>
  spell(createHash('sha256').update(`${type}/${logicalId}`).digest(), alphabet, length);

export const randomId = (randomness: Randomness, length: number): string =>
  spell(randomness.bytes(length), alphabet, length);

export const randomKeyValue = (randomness: Randomness): string => spell(randomness.bytes(40), mixedCase, 40);

const spell = (bytes: Buffer, letters: string, length: number): string =>
  Array.from(bytes.subarray(0, length), (byte) => letters[byte % letters.length]).join('');
