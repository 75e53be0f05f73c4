import type { planRoutes } from '../../core/contract/plans.ts';
import type { AnswerOf } from '../api.ts';
import { t } from '../language/t.ts';
import type { Key } from './key.ts';

export type Plan = AnswerOf<typeof planRoutes.listPlans>['data'][number];

/** The keys that hold a full plan's places; [] while a place is left. */
export function holdersOf(plan: Pick<Plan, 'name' | 'maxKeysPerPlan'>, liveKeys: readonly Key[]): Key[] {
  const held = liveKeys.filter((key) => key.plan === plan.name);
  return held.length >= plan.maxKeysPerPlan ? held : [];
}

/** What a plan is good for, by its requests a day among all plans; '' where there is nothing to choose between. */
export function fitOf(plan: Plan, plans: readonly Plan[]): string {
  const numbers = plans.map(({ requestsPerDay }) => requestsPerDay);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  if (least === most) return '';
  if (plan.requestsPerDay === least) return t('For trying things out, or a small script.');
  return plan.requestsPerDay === most
    ? t('For what you use all day.')
    : t('For a tool you use now and then.');
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
