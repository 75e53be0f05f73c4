import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Where ids, codes and secrets of the stand-ins come from; tests pass in a repeatable one. */
export interface Randomness {
  bytes(size: number): Buffer;
  uuid(): string;
  /** Decimal digits, leading zeros included. */
  digits(count: number): string;
}

export const systemRandomness: Randomness = {
  bytes: (size) => randomBytes(size),
  uuid: () => randomUUID(),
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
};
