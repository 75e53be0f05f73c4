import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { AwsError } from '../../service.ts';
import { notAuthorized } from '../errors.ts';
import { tokenLifetimes } from '../pools/client-definition.ts';
import type { Client } from '../pools/clients.ts';
import { sweep } from '../sweep.ts';
import type { User } from '../users/users.ts';

/** One authentication and every token that came of it. */
export interface SignIn {
  /** The tokens' `event_id`. */
  id: string;
  originJti: string;
  poolId: string;
  clientId: string;
  sub: string;
  /** The user's at the time; a global sign-out raises the user's. */
  generation: number;
  /** Seconds since the epoch. */
  authTime: number;
  /** Milliseconds since the epoch. */
  refreshUntil: number;
  revoked: boolean;
}

export interface SignIns {
  start(client: Client, user: User): SignIn;
  find(id: string): SignIn | undefined;
  /** A new opaque token for a sign-in; only its hash is kept. */
  issueRefreshToken(signIn: SignIn): string;
  /** @throws NotAuthorizedException, or RefreshTokenReuseException for one that was rotated out */
  redeemRefreshToken(token: string, client: Client): SignIn;
  /** Ends a token's use after a rotation, leaving the client's grace period. */
  retireRefreshToken(token: string, graceSeconds: number): void;
  /** The sign-in a refresh token belongs to, whatever its state. */
  ofRefreshToken(token: string): SignIn | undefined;
  revoke(id: string): void;
}

interface RefreshToken {
  signInId: string;
  retiredAt?: number;
}

export function createSignIns(deps: {
  store: Store;
  clock: Clock;
  randomness: { bytes(size: number): Buffer; uuid(): string };
}): SignIns {
  const signIns = deps.store.collection<SignIn>('cognito/sign-ins');
  const refreshTokens = deps.store.collection<RefreshToken>('cognito/refresh-tokens');
  const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
  const invalid = () => notAuthorized('Invalid Refresh Token');
  // A day later than the refresh token no access token can be alive either: one day is AWS's maximum.
  const over = sweep(signIns, ({ refreshUntil }) => refreshUntil < deps.clock.now() - 86_400_000);
  if (over.size > 0) sweep(refreshTokens, ({ signInId }) => over.has(signInId));

  function ofRefreshToken(token: string) {
    const kept = refreshTokens.get(hashOf(token));
    return kept && signIns.get(kept.signInId);
  }

  function revoke(id: string) {
    const signIn = signIns.get(id);
    if (signIn) signIns.put(id, { ...signIn, revoked: true });
  }

  return {
    start(client, user) {
      const now = deps.clock.now();
      const signIn = {
        id: deps.randomness.uuid(),
        originJti: deps.randomness.uuid(),
        poolId: client.poolId,
        clientId: client.id,
        sub: user.sub,
        generation: user.generation,
        authTime: Math.floor(now / 1000),
        refreshUntil: now + tokenLifetimes(client.properties).refreshSeconds * 1000,
        revoked: false,
      };
      signIns.put(signIn.id, signIn);
      return signIn;
    },
    find: (id) => signIns.get(id),
    issueRefreshToken(signIn) {
      const token = deps.randomness.bytes(96).toString('base64url');
      refreshTokens.put(hashOf(token), { signInId: signIn.id });
      return token;
    },
    redeemRefreshToken(token, client) {
      const kept = refreshTokens.get(hashOf(token));
      const signIn = kept && signIns.get(kept.signInId);
      if (!kept || !signIn || signIn.clientId !== client.id) throw invalid();
      if (signIn.revoked) throw notAuthorized('Refresh Token has been revoked');
      if (deps.clock.now() >= signIn.refreshUntil) throw notAuthorized('Refresh Token has expired');
      if (kept.retiredAt !== undefined && deps.clock.now() >= kept.retiredAt) {
        revoke(signIn.id);
        throw new AwsError('RefreshTokenReuseException', 'Refresh token has been used already.');
      }
      return signIn;
    },
    retireRefreshToken(token, graceSeconds) {
      const kept = refreshTokens.get(hashOf(token));
      if (!kept || kept.retiredAt !== undefined) return;
      refreshTokens.put(hashOf(token), { ...kept, retiredAt: deps.clock.now() + graceSeconds * 1000 });
    },
    ofRefreshToken,
    revoke,
  };
}
