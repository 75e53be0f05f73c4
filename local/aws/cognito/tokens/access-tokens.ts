import type { Clock } from '../../../clock.ts';
import { notAuthorized, userDisabled, userNotFound } from '../errors.ts';
import type { Logins } from '../log-in/logins.ts';
import type { Client, Clients } from '../pools/clients.ts';
import type { Pool, Pools } from '../pools/pools.ts';
import type { User, Users } from '../users/users.ts';
import { uncheckedClaims, verifyJwt } from './jwt.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { Tokens } from './tokens.ts';

export interface Bearer {
  pool: Pool;
  client: Client;
  user: User;
}

export interface AccessTokens {
  /** @throws NotAuthorizedException for one that is false, expired, revoked or of a disabled user */
  authorize(accessToken: string): Bearer;
}

export function createAccessTokens(deps: {
  clock: Clock;
  pools: Pick<Pools, 'find'>;
  clients: Pick<Clients, 'find'>;
  users: Pick<Users, 'bySub'>;
  logins: Pick<Logins, 'find'>;
  keys: Pick<SigningKeys, 'find'>;
  tokens: Pick<Tokens, 'issuer'>;
}): AccessTokens {
  const invalid = () => notAuthorized('Invalid Access Token');

  /** Requests with an access token carry no pool id: the token's issuer names the pool. */
  function poolOf(token: string): Pool {
    const issuer = uncheckedClaims(token)?.iss;
    const poolId = typeof issuer === 'string' ? issuer.slice(issuer.lastIndexOf('/') + 1) : '';
    const pool = deps.pools.find(poolId);
    if (!pool || issuer !== deps.tokens.issuer(pool.id)) throw invalid();
    return pool;
  }

  return {
    authorize(accessToken) {
      const pool = poolOf(accessToken);
      const key = deps.keys.find(pool.id);
      const claims = key && verifyJwt(key, accessToken);
      if (claims?.token_use !== 'access') throw invalid();
      // Those that an app gets for a code have the scopes that it asked for.
      if (!String(claims.scope).split(' ').includes('aws.cognito.signin.user.admin')) {
        throw notAuthorized('Access Token does not have required scopes');
      }
      const client = deps.clients.find(String(claims.client_id));
      const login = deps.logins.find(String(claims.event_id));
      if (client?.poolId !== pool.id || !login) throw invalid();
      if (Number(claims.exp) * 1000 <= deps.clock.now()) throw notAuthorized('Access Token has expired');
      const user = deps.users.bySub(pool.id, login.sub);
      if (!user) throw userNotFound();
      if (login.revoked || login.generation !== user.generation) {
        throw notAuthorized('Access Token has been revoked');
      }
      if (!user.enabled) throw userDisabled();
      return { pool, client, user };
    },
  };
}
