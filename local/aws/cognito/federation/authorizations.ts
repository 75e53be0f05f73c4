import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { deleteExpired } from '../delete-expired.ts';

/** What an app has asked for at `/oauth2/authorize`. */
export interface Authorization {
  poolId: string;
  clientId: string;
  redirectUri: string;
  scope: string;
  state: string | undefined;
  nonce: string | undefined;
  challenge: string | undefined;
  provider: string;
  /** Of the request to a SAML provider, which its answer names. */
  samlRequest?: string | undefined;
}

export interface Grant {
  authorization: Authorization;
  sub: string;
}

interface Kept<T> {
  content: T;
  expiresAt: number;
}

/** Logins at the provider last as long as people need; codes five minutes, once. */
const loginMinutes = 15;
const codeMinutes = 5;

/** One-time tokens of a domain, of which only hashes are kept. */
export function createAuthorizations(deps: {
  store: Store;
  clock: Clock;
  randomness: { bytes(size: number): Buffer };
}) {
  return {
    /** The `state` with which the browser is sent to the provider. */
    logins: tokens<Authorization>(deps, 'cognito/authorizations', loginMinutes),
    codes: tokens<Grant>(deps, 'cognito/authorization-codes', codeMinutes),
  };
}

function tokens<T>(
  { store, clock, randomness }: Parameters<typeof createAuthorizations>[0],
  name: string,
  minutes: number,
) {
  const collection = store.collection<Kept<T>>(name);
  const idOf = (token: string) => createHash('sha256').update(token).digest('hex');
  deleteExpired(collection, ({ expiresAt }) => expiresAt <= clock.now());
  return {
    issue(content: T): string {
      const token = randomness.bytes(32).toString('base64url');
      collection.put(idOf(token), { content, expiresAt: clock.now() + minutes * 60_000 });
      return token;
    },
    /** @returns undefined for an unknown, used or expired one */
    take(token: string): T | undefined {
      const kept = collection.get(idOf(token));
      if (kept === undefined || !collection.delete(idOf(token))) return undefined;
      return clock.now() < kept.expiresAt ? kept.content : undefined;
    },
  };
}
