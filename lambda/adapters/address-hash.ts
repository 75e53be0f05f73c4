import { createHash } from 'node:crypto';

/** Replaces an e-mail address that needn't be read back. In lower case, since Cognito ignores the case of addresses. */
export function addressHash(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}
