import type { Plan } from '../create/create-key-form.ts';
import type { Key } from '../key.ts';

/** The keys that hold the places of a plan that has none left; [] while there is one. */
export function holdersOf(plan: Pick<Plan, 'name' | 'maxKeysPerPlan'>, liveKeys: readonly Key[]): Key[] {
  const held = liveKeys.filter((key) => key.plan === plan.name);
  return held.length >= plan.maxKeysPerPlan ? held : [];
}

/** The plans that this person can make a key on right now. */
export function freePlans(
  plans: readonly Plan[],
  allowed: readonly string[] | undefined,
  liveKeys: readonly Key[],
): Plan[] {
  return plans.filter(
    (plan) => (allowed?.includes(plan.name) ?? true) && holdersOf(plan, liveKeys).length === 0,
  );
}
