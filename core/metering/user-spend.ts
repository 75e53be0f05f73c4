import { type SpendRow, type Standing, wholeNanos } from './windows.ts';

/** What all keys of a user have spent, against one of the limits that they share. In US dollars. */
export interface UserSpend {
  window: SpendRow['kind'];
  standing: Standing;
}

/** As `GET /v1/me` answers it. */
export function describeSpend({ window, standing: { limit, remaining, resetsAt } }: UserSpend) {
  return {
    window,
    limit,
    used: wholeNanos(limit - remaining),
    remaining: Math.max(0, remaining),
    resetsAt: new Date(resetsAt).toISOString(),
  };
}
