import type { UserRecord } from './accounts/ports.ts';
import { isPaidFor } from './billing/subscriptions.ts';
import { DaypassError } from './errors.ts';
import type { WindowLimits } from './keys/ports.ts';
import { byField, limitRows } from './metering/windows.ts';

/** A daily plan, as callers see it and as API Gateway fences it. */
export interface Plan extends WindowLimits {
  /** Public name: `10-per-day`. */
  name: string;
  /** API Gateway's name of it: `10RequestPerDay`. */
  usagePlanName: string;
  requestsPerDay: number;
  /** Public model names; undefined: every model. */
  models?: readonly string[] | undefined;
  /** Whether a user may pick it without an admin. */
  selfService: boolean;
  /** How many active keys one user may hold on it. */
  maxKeysPerPlan: number;
  /** Text for people, such as `Free`. */
  price: string;
  /** Stripe's id of what it costs; undefined: it is not sold. */
  stripePriceId?: string | undefined;
}

/** @throws DaypassError `unknown_plan`, naming the plans there are */
export function findPlan(plans: readonly Plan[], name: string): Plan {
  const plan = plans.find((candidate) => candidate.name === name);
  if (plan === undefined) {
    const known = plans.map((candidate) => `'${candidate.name}'`).join(', ');
    throw new DaypassError('unknown_plan', `There is no such plan. Choose one of ${known}.`, {
      param: 'plan',
    });
  }
  return plan;
}

/** What decides which plans a user may have. */
export type PlanHolder = Pick<UserRecord, 'allowedPlans' | 'billing'>;

/** Whether a user may have keys on the plan: because they pay for it, an admin allows it, or anyone may pick it. */
export function mayUsePlan(plan: Plan, { allowedPlans, billing }: PlanHolder, now: number): boolean {
  if (isPaidFor(plan, billing, now)) return true;
  return allowedPlans === undefined ? plan.selfService : allowedPlans.includes(plan.name);
}

/** @throws DaypassError `plan_not_allowed` */
export function requireMayUse(plan: Plan, user: PlanHolder, now: number): void {
  if (mayUsePlan(plan, user, now)) return;
  const text =
    plan.stripePriceId === undefined
      ? `Your account may not use the plan '${plan.name}'.`
      : `The plan '${plan.name}' has to be paid for first: POST /v1/billing/checkout opens the page.`;
  throw new DaypassError('plan_not_allowed', text, { param: 'plan' });
}

/** The plan's entry in `GET /v1/plans`. */
export function describePlan(plan: Plan) {
  return {
    name: plan.name,
    ...byField(limitRows, ({ field }) => plan[field] ?? null),
    requestsPerDay: plan.requestsPerDay,
    models: plan.models ?? null,
    maxKeysPerPlan: plan.maxKeysPerPlan,
    price: plan.price,
    selfService: plan.selfService,
    stripePriceId: plan.stripePriceId ?? null,
  };
}
