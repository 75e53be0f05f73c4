import type { UserRecord } from '../accounts/ports.ts';
import { type HoldKeysPorts, liveKeys } from './hold-keys.ts';
import type { UserLimits } from './ports.ts';
import { meterIdOf } from './standing.ts';

/** Hands a user's own limits to the gate, which reads only the items of keys. Repeating a write is harmless. */
export interface UserLimitWrites {
  /**
   * Later limits stay.
   * @param changedAt when the user got these limits
   * @returns whether the key had others before
   */
  apply(meterId: string, limits: UserLimits | undefined, changedAt: number): Promise<boolean>;
  /** Forgets that keys lack limits, unless they were changed again. */
  applied(userId: string, changedAt: number): Promise<void>;
}

export interface ShareLimitsPorts {
  records: HoldKeysPorts['records'];
  userLimits: UserLimitWrites;
}

/**
 * Gives a user's limits to all their keys. No key is made meanwhile with those of before, since its activation requires
 * that they have not changed.
 * @returns ids of the keys that had others
 */
export async function shareLimits(
  { records, userLimits }: ShareLimitsPorts,
  { userId, limits, limitsChangedAt = 0 }: Pick<UserRecord, 'userId' | 'limits' | 'limitsChangedAt'>,
): Promise<string[]> {
  const live = await liveKeys(records, userId);
  const outcomes = await Promise.all(
    live.map((key) => userLimits.apply(meterIdOf(key) ?? '', limits, limitsChangedAt)),
  );
  await userLimits.applied(userId, limitsChangedAt);
  return live.filter((_key, at) => outcomes[at]).map(({ keyId }) => keyId);
}
