import type { Clock } from '../../../clock.ts';
import type { Store } from '../../../state/store.ts';
import { deleteExpired } from '../delete-expired.ts';
import { limitExceeded } from '../errors.ts';

/**
 * Attempts an hour and user. AWS states 5 to 20 for requesting or entering a reset code, depending on risk,
 * and lists the others under "Quotas in Amazon Cognito"; where it gives a range, this is in it.
 */
const perHour = {
  'send-code': 20,
  'confirm-sign-up': 15,
  'confirm-forgot-password': 15,
  'change-password': 5,
} as const;

export type LimitedAction = keyof typeof perHour;

export interface AttemptLimits {
  /** @throws LimitExceededException once the hour's attempts are used */
  take(poolId: string, action: LimitedAction, who: string): void;
  reset(poolId: string, action: LimitedAction, who: string): void;
}

interface Window {
  startedAt: number;
  taken: number;
}

export function createAttemptLimits(deps: { store: Store; clock: Clock }): AttemptLimits {
  const windows = deps.store.collection<Window>('cognito/attempt-limits');
  deleteExpired(windows, ({ startedAt }) => deps.clock.now() - startedAt >= 3_600_000);
  const idOf = (...parts: string[]) => parts.join('/');
  return {
    take(poolId, action, who) {
      const id = idOf(poolId, action, who);
      const now = deps.clock.now();
      const kept = windows.get(id);
      const window = kept && now - kept.startedAt < 3_600_000 ? kept : { startedAt: now, taken: 0 };
      if (window.taken >= perHour[action]) throw limitExceeded();
      windows.put(id, { ...window, taken: window.taken + 1 });
    },
    reset: (poolId, action, who) => void windows.delete(idOf(poolId, action, who)),
  };
}
