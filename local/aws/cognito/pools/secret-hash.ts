import { createHmac, timingSafeEqual } from 'node:crypto';
import { notAuthorized } from '../errors.ts';
import { type Client, secretsOf } from './clients.ts';

/**
 * Checks SECRET_HASH: base64(HMAC-SHA256(client secret, name + client id)).
 * @param names any of them may have been hashed (the name as typed, the username behind it)
 */
export function assertSecretHash(client: Client, given: string | undefined, names: string[]): void {
  const secrets = secretsOf(client);
  if (secrets.length === 0) return;
  if (given === undefined) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  const hashes = secrets.flatMap(({ value }) =>
    names.map((name) => createHmac('sha256', value).update(`${name}${client.id}`).digest('base64')),
  );
  if (!hashes.some((hash) => sameText(hash, given))) {
    throw notAuthorized(`Unable to verify secret hash for client ${client.id}`);
  }
}

export function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
