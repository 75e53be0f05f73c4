import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { AwsError } from '../../service.ts';
import { deleteExpired } from '../delete-expired.ts';
import { notAuthorized } from '../errors.ts';
import { tokenLifetimes } from '../pools/client-definition.ts';
import type { Client } from '../pools/clients.ts';
import type { User } from '../users/users.ts';

/** One authentication and every token that came of it. */
export interface Login {
  /** The tokens' `event_id`. */
  id: string;
  originJti: string;
  poolId: string;
  clientId: string;
  sub: string;
  /** The user's generation at the time; a global sign-out raises the user's. */
  generation: number;
  /** Seconds since the epoch. */
  authTime: number;
  /** Milliseconds since the epoch. */
  refreshUntil: number;
  revoked: boolean;
}

export interface Logins {
  start(client: Client, user: User): Login;
  find(id: string): Login | undefined;
  /** A new opaque token for a login; only its hash is kept. */
  issueRefreshToken(login: Login): string;
  /** @throws NotAuthorizedException, or RefreshTokenReuseException for one that was rotated out */
  redeemRefreshToken(token: string, client: Client): Login;
  /** Ends a token's use after a rotation, leaving the client's grace period. */
  retireRefreshToken(token: string, graceSeconds: number): void;
  /** The login that a refresh token belongs to, whatever its state. */
  ofRefreshToken(token: string): Login | undefined;
  revoke(id: string): void;
}

interface RefreshToken {
  signInId: string;
  retiredAt?: number;
}

export function createLogins(deps: {
  store: Store;
  clock: Clock;
  randomness: { bytes(size: number): Buffer; uuid(): string };
}): Logins {
  const logins = deps.store.collection<Login>('cognito/sign-ins');
  const refreshTokens = deps.store.collection<RefreshToken>('cognito/refresh-tokens');
  const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
  const invalid = () => notAuthorized('Invalid Refresh Token');
  // An access token lives for a day at most, so a day after its refresh token a login is over.
  const over = deleteExpired(logins, ({ refreshUntil }) => refreshUntil < deps.clock.now() - 86_400_000);
  if (over.size > 0) deleteExpired(refreshTokens, ({ signInId }) => over.has(signInId));

  function ofRefreshToken(token: string) {
    const kept = refreshTokens.get(hashOf(token));
    return kept && logins.get(kept.signInId);
  }

  function revoke(id: string) {
    const login = logins.get(id);
    if (login) logins.put(id, { ...login, revoked: true });
  }

  return {
    start(client, user) {
      const now = deps.clock.now();
      const login = {
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
      logins.put(login.id, login);
      return login;
    },
    find: (id) => logins.get(id),
    issueRefreshToken(login) {
      const token = deps.randomness.bytes(96).toString('base64url');
      refreshTokens.put(hashOf(token), { signInId: login.id });
      return token;
    },
    redeemRefreshToken(token, client) {
      const kept = refreshTokens.get(hashOf(token));
      const login = kept && logins.get(kept.signInId);
      if (!kept || !login || login.clientId !== client.id) throw invalid();
      if (login.revoked) throw notAuthorized('Refresh Token has been revoked');
      if (deps.clock.now() >= login.refreshUntil) throw notAuthorized('Refresh Token has expired');
      if (kept.retiredAt !== undefined && deps.clock.now() >= kept.retiredAt) {
        revoke(login.id);
        throw new AwsError('RefreshTokenReuseException', 'Refresh token has been used already.');
      }
      return login;
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
