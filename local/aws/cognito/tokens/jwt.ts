import { sign, verify } from 'node:crypto';
import type { SigningKey } from './signing-keys.ts';

export type Claims = Record<string, string | number | boolean | string[]>;

export function signJwt(key: SigningKey, claims: Claims): string {
  const signed = `${encode({ kid: key.kid, alg: 'RS256' })}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

/** @returns the claims of a well-formed token that `key` signed; undefined for anything else */
export function verifyJwt(key: SigningKey, token: string): Claims | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) return undefined;
  const head = decode(header);
  // A token can't choose its algorithm, and `crit` would name extensions that aren't supported here.
  if (head?.alg !== 'RS256' || head.kid !== key.kid || 'crit' in head) return undefined;
  const bytes = decodeBase64Url(signature);
  if (!bytes || !verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key.publicKey, bytes))
    return undefined;
  return decode(payload) as Claims | undefined;
}

/** The claims of a token before its check, to find the key to check it with. */
export function uncheckedClaims(token: string): Record<string, unknown> | undefined {
  return decode(token.split('.')[1] ?? '');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): Record<string, unknown> | undefined {
  const bytes = decodeBase64Url(part);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Strict: Node ignores stray characters and spare bits, so one token would have many spellings. */
function decodeBase64Url(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}
