import { randomBytes, randomUUID } from 'node:crypto';

/** Where request ids, resource ids and generated key values come from; tests may hand in a repeatable one. */
export interface Randomness {
  bytes(size: number): Buffer;
  uuid(): string;
}

export const systemRandomness: Randomness = { bytes: (size) => randomBytes(size), uuid: () => randomUUID() };
