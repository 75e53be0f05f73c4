import { createHash } from 'node:crypto';

/**
 * Whose day it is: a hash of the address, so that an account deleted and made again finds what it used, and nothing but
 * the hash is left of it meanwhile. Cognito takes addresses that differ in case for one.
 */
export function personOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex').slice(0, 32);
}
