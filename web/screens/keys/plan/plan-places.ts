import type { Plan } from '../form/key-form.ts';
import type { Key } from '../key.ts';

/** The keys that hold a full plan's places; [] while a place is left. */
export function holdersOf(plan: Pick<Plan, 'name' | 'maxKeysPerPlan'>, liveKeys: readonly Key[]): Key[] {
  const held = liveKeys.filter((key) => key.plan === plan.name);
  return held.length >= plan.maxKeysPerPlan ? held : [];
}

/** The plans on which this user can make a key now. */
export function freePlans(
  plans: readonly Plan[],
  allowed: readonly string[] | undefined,
  liveKeys: readonly Key[],
): Plan[] {
  return plans.filter(
    (plan) => (allowed?.includes(plan.name) ?? true) && holdersOf(plan, liveKeys).length === 0,
  );
}
