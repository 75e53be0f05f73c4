import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { notAuthorized } from '../errors.ts';
import { sweep } from '../sweep.ts';

interface Opened {
  poolId: string;
  clientId: string;
  /** The name as the caller typed it, and the one the challenge answers with. */
  name: string;
  username: string;
  /** Undefined for a simulated challenge to a name that doesn't exist. */
  sub: string | undefined;
}

export interface PasswordVerifierChallenge extends Opened {
  kind: 'PASSWORD_VERIFIER';
  verifier: string;
  clientPublic: string;
  serverSecret: string;
}

export interface NewPasswordChallenge extends Opened {
  kind: 'NEW_PASSWORD_REQUIRED';
}

export type Challenge = PasswordVerifierChallenge | NewPasswordChallenge;

/** Questions waiting for an answer, found by an unguessable token of which only the hash is kept. */
export interface Challenges {
  open(token: string, challenge: Challenge, lifeMinutes: number): void;
  /** @throws NotAuthorizedException when it is unknown, expired, of another kind or of another client */
  get<K extends Challenge['kind']>(token: string, kind: K, clientId: string): Extract<Challenge, { kind: K }>;
  /** @returns false when somebody else was first */
  close(token: string): boolean;
}

interface Kept {
  challenge: Challenge;
  expiresAt: number;
}

export function createChallenges(deps: { store: Store; clock: Clock }): Challenges {
  const challenges = deps.store.collection<Kept>('cognito/challenges');
  const idOf = (token: string) => createHash('sha256').update(token).digest('hex');
  const invalid = () => notAuthorized('Invalid session for the user.');
  sweep(challenges, ({ expiresAt }) => expiresAt <= deps.clock.now());

  return {
    open(token, challenge, lifeMinutes) {
      challenges.put(idOf(token), { challenge, expiresAt: deps.clock.now() + lifeMinutes * 60_000 });
    },
    get<K extends Challenge['kind']>(token: string, kind: K, clientId: string) {
      const kept = challenges.get(idOf(token));
      if (!kept || kept.challenge.kind !== kind || kept.challenge.clientId !== clientId) throw invalid();
      if (deps.clock.now() >= kept.expiresAt) {
        challenges.delete(idOf(token));
        throw notAuthorized('Invalid session for the user, session is expired.');
      }
      return kept.challenge as Extract<Challenge, { kind: K }>;
    },
    close: (token) => challenges.delete(idOf(token)),
  };
}
