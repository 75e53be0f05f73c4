import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Mailbox } from '../../mail/mail.ts';
import type { Collection, Store } from '../../state/store.ts';
import { type AttemptLimits, createAttemptLimits } from './codes/attempt-limits.ts';
import { type Codes, createCodes } from './codes/codes.ts';
import { createMessages, type Messages } from './codes/messages.ts';
import { type Challenges, createChallenges } from './log-in/challenges.ts';
import { createSignIns, type SignIns } from './log-in/logins.ts';
import { createLockouts, type Lockouts } from './passwords/lockouts.ts';
import { type Clients, createClients } from './pools/clients.ts';
import { createPools, type Pools } from './pools/pools.ts';
import { type Randomness, systemRandomness } from './randomness.ts';
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
  /** For triggers; without it a pool that has one takes no sign-up. */
  invokeFunction?: InvokeFunction;
  /** Told about faults of the stand-in itself, whose callers learn nothing of them. */
  log?: Pick<Log, 'warn'>;
}

/** All that operations share; each takes the slice it uses. */
export interface CognitoState {
  clock: Clock;
  randomness: Randomness;
  /** For ARNs. */
  location: { region: string; accountId: string };
  pools: Pools;
  clients: Clients;
  groups: Groups;
  users: Users;
  limits: AttemptLimits;
  lockouts: Lockouts;
  codes: Codes;
  challenges: Challenges;
  signIns: SignIns;
  keys: SigningKeys;
  tokens: Tokens;
  accessTokens: AccessTokens;
  messages: Messages;
  /** New addresses that wait for their code, by pool and sub. */
  pendingEmails: Collection<string>;
  invokeFunction: InvokeFunction;
}

export function createCognitoState(deps: CognitoDeps): CognitoState {
  const { store, clock, mailbox, region, accountId, issuerBaseUrl } = deps;
  const randomness = deps.randomness ?? systemRandomness;
  const pools = createPools({ store, clock, randomness });
  const clients = createClients({ store, clock, randomness, pools });
  const groups = createGroups({ store, clock });
  const users = createUsers({ store, clock });
  const limits = createAttemptLimits({ store, clock });
  const signIns = createSignIns({ store, clock, randomness });
  const keys = createSigningKeys({ store });
  const tokens = createTokens({ clock, groups, keys, issuerBaseUrl, randomness });
  return {
    clock,
    randomness,
    location: { region, accountId },
    pools,
    clients,
    groups,
    users,
    limits,
    lockouts: createLockouts({ store, clock }),
    codes: createCodes({ store, clock, randomness, limits }),
    challenges: createChallenges({ store, clock }),
    signIns,
    keys,
    tokens,
    accessTokens: createAccessTokens({ clock, pools, clients, users, signIns, keys, tokens }),
    messages: createMessages({ mailbox }),
    pendingEmails: store.collection('cognito/pending-emails'),
    invokeFunction: deps.invokeFunction ?? (() => Promise.reject(new Error('no functions are hosted here'))),
  };
}
