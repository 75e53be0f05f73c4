import { createHash } from 'node:crypto';

/** Stands for an e-mail address where nobody has to read it. Cognito takes no two that differ in case alone. */
export function addressHash(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}
