import type { JsonWebKey } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Mailbox } from '../../mail/mail.ts';
import { type Randomness, systemRandomness } from '../../randomness.ts';
import type { Store } from '../../state/store.ts';
import { type AttemptLimits, createAttemptLimits } from './codes/attempt-limits.ts';
import { type Codes, createCodes } from './codes/codes.ts';
import { createMessages, type Messages } from './codes/mails.ts';
import { createIdentityProviders, type IdentityProviders } from './federation/identity-providers.ts';
import { type Challenges, createChallenges } from './log-in/challenges.ts';
import { createLogins, type Logins } from './log-in/logins.ts';
import { createLockouts, type Lockouts } from './passwords/lockouts.ts';
import { createSlowHashes, type SlowHashes } from './passwords/slow-hash.ts';
import { type Clients, createClients } from './pools/clients.ts';
import { createPools, type Pools } from './pools/pools.ts';
import { type AccessTokens, createAccessTokens } from './tokens/access-tokens.ts';
import { createSigningKeys, type SigningKeys } from './tokens/signing-keys.ts';
import { createTokens, type Tokens } from './tokens/tokens.ts';
import type { InvokeFunction } from './triggers.ts';
import { createGroups, type Groups } from './users/groups.ts';
import { createUsers, type Users } from './users/users.ts';

export interface CognitoDeps {
  store: Store;
  clock: Clock;
  mailbox: Pick<Mailbox, 'send'>;
  /** Without a slash at the end; a pool's issuer is this, a slash and the pool's id. */
  issuerBaseUrl: () => string;
  region: string;
  accountId: string;
  randomness?: Randomness;
  /** scrypt's N for passwords and codes; tests lower it. */
  hashCost?: number | undefined;
  /** Makes a pool's signing key; tests hand in one made before. */
  newSigningKey?: (() => JsonWebKey) | undefined;
  /** The address of the pool's own domain on this machine. @default none */
  loginUrl?: (() => string) | undefined;
  /** Where the built-in OIDC provider plays an issuer; undefined: it doesn't. */
  playedAt?: ((issuer: string) => string | undefined) | undefined;
  /** For triggers; without it a pool that has one refuses sign-ups. */
  invokeFunction?: InvokeFunction;
  /** For faults of the stand-in itself, which callers don't see. */
  log?: Pick<Log, 'warn'>;
}

/** What operations share; each takes the part that it uses. */
export interface CognitoState {
  clock: Clock;
  randomness: Randomness;
  /** For ARNs. */
  location: { region: string; accountId: string };
  pools: Pools;
  clients: Clients;
  groups: Groups;
  identityProviders: IdentityProviders;
  users: Users;
  hashes: SlowHashes;
  limits: AttemptLimits;
  lockouts: Lockouts;
  codes: Codes;
  challenges: Challenges;
  logins: Logins;
  keys: SigningKeys;
  tokens: Tokens;
  accessTokens: AccessTokens;
  messages: Messages;
  invokeFunction: InvokeFunction;
}

export function createCognitoState(deps: CognitoDeps): CognitoState {
  const { store, clock, mailbox, region, accountId, issuerBaseUrl } = deps;
  const randomness = deps.randomness ?? systemRandomness;
  const pools = createPools({ store, clock, randomness });
  const identityProviders = createIdentityProviders({ store });
  const clients = createClients({ store, clock, randomness, pools, identityProviders });
  const groups = createGroups({ store, clock });
  const users = createUsers({ store, clock });
  const hashes = createSlowHashes({ randomness, cost: deps.hashCost });
  const limits = createAttemptLimits({ store, clock });
  const logins = createLogins({ store, clock, randomness });
  const keys = createSigningKeys({ store, newKey: deps.newSigningKey });
  const tokens = createTokens({ clock, groups, keys, issuerBaseUrl, randomness });
  return {
    clock,
    randomness,
    location: { region, accountId },
    pools,
    clients,
    groups,
    identityProviders,
    users,
    hashes,
    limits,
    lockouts: createLockouts({ store, clock }),
    codes: createCodes({ store, clock, randomness, hashes, limits }),
    challenges: createChallenges({ store, clock }),
    logins,
    keys,
    tokens,
    accessTokens: createAccessTokens({ clock, pools, clients, users, logins, keys, tokens }),
    messages: createMessages({ mailbox }),
    invokeFunction: deps.invokeFunction ?? (() => Promise.reject(new Error('no functions are hosted here'))),
  };
}
