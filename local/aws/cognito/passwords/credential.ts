import { createVerifier, type SrpVerifier } from '../log-in/srp.ts';
import type { Pool } from '../pools/pools.ts';
import { type SlowHash, slowHash } from './slow-hash.ts';

/** Both made while the password is at hand, so that either sign-in flow works later. */
export interface Credential {
  password: SlowHash;
  srp: SrpVerifier;
}

/** @param username the user's `USER_ID_FOR_SRP` */
export async function createCredential(
  pool: Pool,
  username: string,
  password: string,
  randomness: { bytes(size: number): Buffer },
): Promise<Credential> {
  return {
    password: await slowHash(password, randomness),
    srp: createVerifier(pool.id, username, password, randomness.bytes(16)),
  };
}

const secondsPerDay = 86_400;

/** @returns milliseconds since the epoch */
export function temporaryPasswordExpiry(pool: Pool, now: number): number {
  // Zero means the default of seven days too.
  const days = pool.properties.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays || 7;
  return now + days * secondsPerDay * 1000;
}
