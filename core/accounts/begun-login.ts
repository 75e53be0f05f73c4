import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/** A login that a browser has begun: kept in its cookie, and nowhere else. */
export interface BegunLoginCookie {
  provider: string;
  state: string;
  nonce: string;
  /** PKCE's. */
  verifier: string;
  /** The console's path to open in the end. */
  next: string;
  /** It has begun once more by itself, since an account was linked. */
  again: boolean;
}

const random = z.string().regex(/^[\w-]{43}$/);
const cookie = z.strictObject({
  provider: z.string().max(32),
  state: random,
  nonce: random,
  verifier: random,
  next: z.string().max(2000),
  again: z.boolean(),
});

/** How long a login may take. */
export const loginSeconds = 600;

export function beginLogin(provider: string, next: string | undefined, again = false): BegunLoginCookie {
  const made = () => randomBytes(32).toString('base64url');
  return { provider, state: made(), nonce: made(), verifier: made(), next: ownPath(next), again };
}

/** The text for a cookie. */
export function writeBegunLogin(login: BegunLoginCookie): string {
  return Buffer.from(JSON.stringify(login)).toString('base64url');
}

/** @returns undefined for anything else than what `writeBegunLogin` wrote */
export function readBegunLogin(text: string): BegunLoginCookie | undefined {
  try {
    const login = cookie.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return login.success ? { ...login.data, next: ownPath(login.data.next) } : undefined;
  } catch {
    return undefined;
  }
}

export function isSameState(known: string, given: string | undefined): boolean {
  const [one, other] = [Buffer.from(known), Buffer.from(given ?? '')];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** RFC 7636 */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Paths of the console only: anyone may have written the link that begins a login. */
function ownPath(next: string | undefined): string {
  const origin = 'https://console.invalid';
  if (next === undefined || !next.startsWith('/') || !URL.canParse(next, origin)) return '/keys';
  const url = new URL(next, origin);
  return url.origin === origin ? url.pathname + url.search + url.hash : '/keys';
}
