import type { Clock } from '../../../clock.ts';
import type { Collection, Store } from '../../../state/store.ts';
import { AwsError } from '../../service.ts';
import { userNotFound } from '../errors.ts';
import type { Passkey } from '../log-in/passkeys.ts';
import { type SoftwareToken, usesSoftwareToken } from '../log-in/software-token.ts';
import type { SlowHash } from '../passwords/slow-hash.ts';
import { logsInWithEmail, normalName, type Pool } from '../pools/pools.ts';

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'RESET_REQUIRED' | 'FORCE_CHANGE_PASSWORD';

export interface User {
  sub: string;
  /** The sub in a pool whose users log in by email. */
  username: string;
  status: UserStatus;
  enabled: boolean;
  /** All but `sub`, as text: `email_verified` is `"true"` or `"false"`. */
  attributes: Record<string, string>;
  groups: string[];
  credential: { password: SlowHash };
  /** Set while the password is a temporary one. */
  temporaryUntil?: number | undefined;
  /** Raised by a global sign-out, which ends the logins of earlier generations. */
  generation: number;
  /** The authenticator app whose codes are asked for at a login. */
  softwareToken?: SoftwareToken | undefined;
  /** The secret of one that is being set up. */
  pendingSoftwareToken?: string | undefined;
  passkeys?: Passkey[] | undefined;
  /** One that is being added. */
  pendingPasskey?: { challenge: string; clientId: string; until: number } | undefined;
  createdAt: number;
  modifiedAt: number;
}

/** Whoever has turned on a second factor logs in with the password alone, by Cognito's rules for an optional one. */
export const usesPasskeys = (user: User) => (user.passkeys ?? []).length > 0 && !usesSoftwareToken(user);

export interface Users {
  /** By username, or by email where users log in by it. */
  find(pool: Pool, name: string): User | undefined;
  bySub(poolId: string, sub: string): User | undefined;
  /** @throws UserNotFoundException */
  get(pool: Pool, name: string): User;
  /** @throws UsernameExistsException */
  assertFree(pool: Pool, loginName: string): void;
  /** @throws UsernameExistsException */
  create(pool: Pool, user: Omit<User, 'createdAt' | 'modifiedAt'>): User;
  /**
   * Changes the stored record, read afresh.
   * @throws UserNotFoundException, or AliasExistsException when the new email belongs to another user
   */
  change(pool: Pool, sub: string, changes: (user: User) => Partial<User>): User;
  delete(pool: Pool, sub: string): void;
  /** By sub. */
  list(poolId: string): User[];
}

export function createUsers(deps: { store: Store; clock: Clock }): Users {
  const usersOf = (poolId: string): Collection<User> => deps.store.collection(`cognito/${poolId}/users`);
  const subsOf = (poolId: string): Collection<string> => deps.store.collection(`cognito/${poolId}/names`);

  function find(pool: Pool, name: string): User | undefined {
    const sub = subsOf(pool.id).get(normalName(pool, name));
    if (sub !== undefined) return usersOf(pool.id).get(sub);
    // In other pools a user might have chosen another's sub as a name.
    return logsInWithEmail(pool) ? usersOf(pool.id).get(name.toLowerCase()) : undefined;
  }

  function assertFree(pool: Pool, loginName: string) {
    if (subsOf(pool.id).get(normalName(pool, loginName)) === undefined) return;
    throw new AwsError(
      'UsernameExistsException',
      logsInWithEmail(pool) ? 'An account with the given email already exists.' : 'User already exists',
    );
  }

  function rename(pool: Pool, user: User, before: string, after: string) {
    const owner = subsOf(pool.id).get(after);
    if (owner !== undefined && owner !== user.sub) {
      throw new AwsError('AliasExistsException', 'An account with the given email already exists.');
    }
    subsOf(pool.id).delete(before);
    subsOf(pool.id).put(after, user.sub);
  }

  return {
    find,
    bySub: (poolId, sub) => usersOf(poolId).get(sub),
    get(pool, name) {
      const user = find(pool, name);
      if (!user) throw userNotFound();
      return user;
    },
    assertFree,
    create(pool, user) {
      const now = deps.clock.now();
      const created = { ...user, createdAt: now, modifiedAt: now };
      deps.store.atomically(() => {
        assertFree(pool, loginName(pool, created));
        subsOf(pool.id).put(nameKey(pool, created), created.sub);
        usersOf(pool.id).put(created.sub, created);
      });
      return created;
    },
    change(pool, sub, changes) {
      return deps.store.atomically(() => {
        const before = usersOf(pool.id).get(sub);
        if (!before) throw userNotFound();
        const after = { ...before, ...changes(before), modifiedAt: deps.clock.now() };
        const [oldKey, newKey] = [nameKey(pool, before), nameKey(pool, after)];
        if (oldKey !== newKey) rename(pool, after, oldKey, newKey);
        usersOf(pool.id).put(sub, after);
        return after;
      });
    },
    delete(pool, sub) {
      deps.store.atomically(() => {
        const user = usersOf(pool.id).get(sub);
        if (!user) throw userNotFound();
        subsOf(pool.id).delete(nameKey(pool, user));
        usersOf(pool.id).delete(sub);
      });
    },
    list: (poolId) =>
      usersOf(poolId)
        .list()
        .map(({ value }) => value),
  };
}

/** The name that a user logs in by. */
export const loginName = (pool: Pool, user: Pick<User, 'username' | 'attributes'>) =>
  logsInWithEmail(pool) ? (user.attributes.email ?? user.username) : user.username;

const nameKey = (pool: Pool, user: User) => normalName(pool, loginName(pool, user));

/** `[{Name, Value}]` with `sub` first, as the API answers attributes. */
export function describeAttributes(
  attributes: Record<string, string>,
  sub: string,
): { Name: string; Value: string }[] {
  return [
    { Name: 'sub', Value: sub },
    ...Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
  ];
}

/** A user as the list operations and AdminCreateUser answer it. */
export function describeUser(user: User) {
  return {
    Username: user.username,
    Attributes: describeAttributes(user.attributes, user.sub),
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.modifiedAt / 1000,
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
