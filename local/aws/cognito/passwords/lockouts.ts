import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { deleteExpired } from '../delete-expired.ts';
import { notAuthorized } from '../errors.ts';

/**
 * Cognito's documented lock-out: from the fifth wrong password on 2^(n-5) seconds, at most 15 minutes. A correct
 * password, or 15 minutes without a wrong one, starts the count again.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#authentication-flow-lockout-behavior
 */
export interface Lockouts {
  /** @throws NotAuthorizedException `Password attempts exceeded` */
  check(poolId: string, who: string): void;
  failed(poolId: string, who: string): void;
  succeeded(poolId: string, who: string): void;
}

interface Failures {
  count: number;
  lastAt: number;
  lockedUntil: number;
}

const quietMs = 15 * 60_000;
const freeFailures = 5;

export function createLockouts(deps: { store: Store; clock: Clock }): Lockouts {
  const failures = deps.store.collection<Failures>('cognito/lockouts');
  deleteExpired(failures, ({ lastAt }) => deps.clock.now() - lastAt >= quietMs);
  const idOf = (poolId: string, who: string) => `${poolId}/${who}`;

  return {
    check(poolId, who) {
      const lockedUntil = failures.get(idOf(poolId, who))?.lockedUntil ?? 0;
      if (deps.clock.now() < lockedUntil) throw notAuthorized('Password attempts exceeded');
    },
    failed(poolId, who) {
      const now = deps.clock.now();
      const kept = failures.get(idOf(poolId, who));
      const count = kept && now - kept.lastAt < quietMs ? kept.count + 1 : 1;
      const lockMs = count < freeFailures ? 0 : Math.min(1000 * 2 ** (count - freeFailures), quietMs);
      failures.put(idOf(poolId, who), { count, lastAt: now, lockedUntil: now + lockMs });
    },
    succeeded: (poolId, who) => void failures.delete(idOf(poolId, who)),
  };
}
