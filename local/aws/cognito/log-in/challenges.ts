import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { deleteExpired } from '../delete-expired.ts';
import { notAuthorized } from '../errors.ts';

/**
 * A temporary password was right and has to be replaced; a password was, and a code of an authenticator app is asked for; a passkey
 * has to sign; or the user may choose how to log in.
 */
export interface Challenge {
  kind: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA' | 'WEB_AUTHN' | 'SELECT_CHALLENGE';
  /** What a passkey has to sign. */
  webAuthn?: string | undefined;
  clientId: string;
  sub: string;
}

/** Challenges that wait for an answer, found by an unguessable token of which only the hash is kept. */
export interface Challenges {
  open(token: string, challenge: Challenge, lifeMinutes: number): void;
  /** @throws NotAuthorizedException when it is unknown, expired or another client's */
  get(token: string, clientId: string): Challenge;
  /** @returns false when another call was first */
  close(token: string): boolean;
}

interface Kept {
  challenge: Challenge;
  expiresAt: number;
}

export function createChallenges(deps: { store: Store; clock: Clock }): Challenges {
  const challenges = deps.store.collection<Kept>('cognito/challenges');
  const idOf = (token: string) => createHash('sha256').update(token).digest('hex');
  deleteExpired(challenges, ({ expiresAt }) => expiresAt <= deps.clock.now());

  return {
    open(token, challenge, lifeMinutes) {
      challenges.put(idOf(token), { challenge, expiresAt: deps.clock.now() + lifeMinutes * 60_000 });
    },
    get(token, clientId) {
      const kept = challenges.get(idOf(token));
      if (kept?.challenge.clientId !== clientId) throw notAuthorized('Invalid session for the user.');
      if (deps.clock.now() >= kept.expiresAt) {
        challenges.delete(idOf(token));
        throw notAuthorized('Invalid session for the user, session is expired.');
      }
      return kept.challenge;
    },
    close: (token) => challenges.delete(idOf(token)),
  };
}
