import { base32, randomBase32 } from '../base32.ts';

/**
 * A key's id, sorting by creation time: `key_` + 10 characters of milliseconds + 16 random characters (80 bits),
 * Crockford base32.
 */
export function newKeyId(now: number): string {
  let time = '';
  let rest = now;
  for (let place = 0; place < 10; place += 1) {
    time = base32.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return `key_${time}${randomBase32(16)}`;
}

const form = new RegExp(`^key_[${base32}]{26}$`);

/** Whether a text from outside can be the id of a key; nothing else need be looked up. */
export function isKeyId(text: string): boolean {
  return form.test(text);
}

/**
 * API Gateway's name of a secret, without the deployment's prefix. It is unique, and contains the ids of user and key, so
 * that a key found there can be traced to its record without a search.
 */
export function gatewayKeyName(key: { userId: string; keyId: string }, valueHash: string): string {
  return `${key.userId}.${key.keyId}.${valueHash.slice(0, 12)}`;
}

/** Reads a name back; undefined for one that was not made here. */
export function readGatewayKeyName(
  name: string,
): { userId: string; keyId: string; valueStart: string } | undefined {
  const [, userId, keyId, valueStart] = /^([^.]+)\.(key_[^.]+)\.([0-9a-f]{12})$/.exec(name) ?? [];
  if (userId === undefined || keyId === undefined || valueStart === undefined) return undefined;
  return { userId, keyId, valueStart };
}
