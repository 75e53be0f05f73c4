import type { UserLimits } from '../keys/ports.ts';
import { byField, type LimitRow, limitRows, requestRows, type Standing, wholeNanos } from './windows.ts';

/** One of the limits that all keys of a user share, with what is left of its window. */
export type UserStanding = Pick<LimitRow, 'unit' | 'kind'> & { standing: Standing };

/**
 * The limits that all keys of a user share: those that an admin has set for the user, each in place of the settings' for
 * every user.
 */
export function userLimits(perUser: UserLimits | undefined, own: UserLimits | undefined): UserLimits {
  return byField(limitRows, ({ field }) => own?.[field] ?? perUser?.[field]);
}

export function limitsAny(limits: UserLimits | undefined): boolean {
  return Object.values(limits ?? {}).some((limit) => limit !== undefined);
}

/** As `GET /v1/me` and the admin's view of a user answer it. */
export function describeUserWindow({ unit, kind, standing: { limit, remaining, resetsAt } }: UserStanding) {
  return {
    unit,
    window: kind,
    limit,
    used: wholeNanos(limit - remaining),
    remaining: Math.max(0, remaining),
    resetsAt: new Date(resetsAt).toISOString(),
  };
}

/** Of requests alone; null: none is limited. */
export function describeUserRequests(limits: UserLimits) {
  const shown = byField(requestRows, ({ field }) => limits[field] ?? null);
  return Object.values(shown).every((limit) => limit === null) ? null : shown;
}

/** Every limit of its own that a user has; null: none. */
export function describeOwnLimits(own: UserLimits | undefined) {
  return limitsAny(own) ? byField(limitRows, ({ field }) => own?.[field] ?? null) : null;
}
