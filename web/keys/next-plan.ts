import type { Key } from './key.ts';
import { freePlans, type Plan } from './plan-places.ts';

/**
 * The smallest plan with more requests a day that has a place left; undefined where none would help: a limit of the key's
 * own stays with it.
 */
export function nextPlan(
  key: Pick<Key, 'id' | 'plan' | 'limits'>,
  plans: readonly Plan[],
  allowed: readonly string[] | undefined,
  liveKeys: readonly Key[],
): Plan | undefined {
  const current = plans.find(({ name }) => name === key.plan);
  if (current === undefined || key.limits.requestsPerDay !== current.requestsPerDay) return undefined;
  return freePlans(
    plans,
    allowed,
    liveKeys.filter(({ id }) => id !== key.id),
  )
    .filter(({ requestsPerDay }) => requestsPerDay > current.requestsPerDay)
    .toSorted((one, other) => one.requestsPerDay - other.requestsPerDay)
    .at(0);
}
