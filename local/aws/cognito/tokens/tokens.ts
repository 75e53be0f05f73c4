import type { Clock } from '../../../clock.ts';
import type { Login } from '../log-in/logins.ts';
import { tokenLifetimes } from '../pools/client-definition.ts';
import type { Client } from '../pools/clients.ts';
import type { Pool } from '../pools/pools.ts';
import { readableAttributes } from '../users/attributes.ts';
import type { Groups } from '../users/groups.ts';
import type { User } from '../users/users.ts';
import { type Claims, signJwt } from './jwt.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface IssuedTokens {
  AccessToken: string;
  IdToken: string;
  /** Seconds. */
  ExpiresIn: number;
  TokenType: 'Bearer';
}

/** What an app asked for at the pool's domain. */
export interface OAuthRequest {
  nonce: string | undefined;
  scope: string;
}

export interface Tokens {
  issuer(poolId: string): string;
  issue(pool: Pool, client: Client, user: User, login: Login, asked?: OAuthRequest): IssuedTokens;
}

export function createTokens(deps: {
  clock: Clock;
  groups: Pick<Groups, 'ofUser'>;
  keys: SigningKeys;
  issuerBaseUrl: () => string;
  randomness: { uuid(): string };
}): Tokens {
  const issuer = (poolId: string) => `${deps.issuerBaseUrl()}/${poolId}`;

  function commonClaims(pool: Pool, client: Client, user: User, login: Login, now: number): Claims {
    const groups = deps.groups.ofUser(pool.id, user.groups);
    return {
      sub: user.sub,
      ...(groups.length > 0 ? { 'cognito:groups': groups.map(({ name }) => name) } : {}),
      iss: issuer(pool.id),
      ...(revocable(client) ? { origin_jti: login.originJti } : {}),
      event_id: login.id,
      auth_time: login.authTime,
      iat: now,
      jti: deps.randomness.uuid(),
    };
  }

  function roleClaims(pool: Pool, user: User): Claims {
    const roles = deps.groups.ofUser(pool.id, user.groups).flatMap(({ roleArn }) => roleArn ?? []);
    const [preferred] = roles;
    return preferred ? { 'cognito:roles': roles, 'cognito:preferred_role': preferred } : {};
  }

  return {
    issuer,
    issue(pool, client, user, login, asked) {
      const key = deps.keys.find(pool.id);
      if (!key) throw new Error(`user pool ${pool.id} has no signing key`);
      const now = Math.floor(deps.clock.now() / 1000);
      const lifetimes = tokenLifetimes(client.properties);
      const common = () => commonClaims(pool, client, user, login, now);
      return {
        AccessToken: signJwt(key, {
          ...common(),
          client_id: client.id,
          token_use: 'access',
          scope: asked?.scope ?? 'aws.cognito.signin.user.admin',
          exp: now + lifetimes.accessSeconds,
          username: user.username,
        }),
        IdToken: signJwt(key, {
          ...attributeClaims(client, user),
          ...common(),
          ...roleClaims(pool, user),
          'cognito:username': user.username,
          ...(asked?.nonce !== undefined && { nonce: asked.nonce }),
          aud: client.id,
          token_use: 'id',
          exp: now + lifetimes.idSeconds,
        }),
        ExpiresIn: lifetimes.accessSeconds,
        TokenType: 'Bearer',
      };
    },
  };
}

export const revocable = (client: Client) => client.properties.EnableTokenRevocation !== false;

function attributeClaims(client: Client, user: User): Claims {
  const entries = Object.entries(readableAttributes(client, user.attributes));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name.endsWith('_verified') ? value === 'true' : value]),
  );
}
