import type { keyRoutes } from '../../core/contract/api-keys.ts';
import type { planRoutes } from '../../core/contract/plans.ts';
import type { LimitField } from '../../core/metering/windows.ts';
import type { AnswerOf } from '../api.ts';

type Key = Pick<AnswerOf<typeof keyRoutes.getApiKey>, 'id' | 'plan' | 'status' | 'limits'>;
type Plan = Pick<
  AnswerOf<typeof planRoutes.listPlans>['data'][number],
  'name' | 'maxKeysPerPlan' | LimitField
>;

interface NextPlanFacts {
  key: Key;
  /** All of the user's, this one included. */
  keys: readonly Key[];
  plans: readonly Plan[];
  /** Names of the plans that the user may have. */
  allowed: readonly string[];
  /** The limit that is full. */
  field: LimitField;
}

/** The smallest plan that raises a full limit of a key, that its user may have, and that has a place left. */
export function nextPlan({ key, keys, plans, allowed, field }: NextPlanFacts): Plan | undefined {
  const limit = key.limits[field];
  const current = plans.find(({ name }) => name === key.plan);
  // Its own limit stays on every plan.
  if (limit === null || (current !== undefined && limit !== current[field])) return undefined;
  const held = (plan: Plan) =>
    keys.filter((other) => other.plan === plan.name && ['active', 'activating'].includes(other.status))
      .length;
  return plans
    .filter((plan) => allowed.includes(plan.name) && most(plan, field) > limit)
    .filter((plan) => held(plan) < plan.maxKeysPerPlan)
    .toSorted((one, other) => most(one, field) - most(other, field))[0];
}

const most = (plan: Plan, field: LimitField): number => plan[field] ?? Number.POSITIVE_INFINITY;
