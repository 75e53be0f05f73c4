import { notAuthorized, userDisabled } from '../errors.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import type { CognitoState } from '../shared-state.ts';
import type { User } from '../users/users.ts';
import type { AuthAnswer } from './after-password.ts';
import type { Login } from './logins.ts';

type RefreshState = Pick<CognitoState, 'logins' | 'tokens' | 'users'>;

/** @throws NotAuthorizedException unless the token is alive and its user may still log in */
export function redeem(
  state: RefreshState,
  pool: Pool,
  client: Client,
  refreshToken: string,
): { login: Login; user: User } {
  const login = state.logins.redeemRefreshToken(refreshToken, client);
  const user = state.users.bySub(pool.id, login.sub);
  if (!user || user.generation !== login.generation) throw notAuthorized('Refresh Token has been revoked');
  if (!user.enabled) throw userDisabled();
  return { login, user };
}

/** REFRESH_TOKEN_AUTH: new access and ID tokens; the caller keeps its refresh token. */
export function refresh(
  state: RefreshState,
  pool: Pool,
  client: Client,
  { user, login }: { login: Login; user: User },
): AuthAnswer {
  return {
    ChallengeParameters: {},
    AuthenticationResult: state.tokens.issue(pool, client, user, login),
  };
}

export const rotates = (client: Client) => client.properties.RefreshTokenRotation?.Feature === 'ENABLED';
