import type { UserRecord } from './accounts/ports.ts';
import { isPaidFor } from './billing/subscriptions.ts';
import { DaypassError } from './errors.ts';
import type { WindowLimits } from './keys/ports.ts';
import { byField, limitRows } from './metering/windows.ts';

/** A plan, as callers see it and as API Gateway fences it. Only `unlimited` has no number of requests a day. */
export interface Plan extends WindowLimits {
  /** Public name: `10-per-day`. */
  name: string;
  /** API Gateway's name of it: `10RequestPerDay`. */
  usagePlanName: string;
  /** Public model names; undefined: every model. */
  models?: readonly string[] | undefined;
  /** Whether a user may pick it without an admin. */
  selfService: boolean;
  /** Who may pick it without an admin, if it is a self-service plan; undefined: anyone. */
  for?: PlanAudience | undefined;
  /** How many active keys one user may hold on it. */
  maxKeysPerPlan: number;
  /** Text for people, such as `Free`. */
  price: string;
  /** Stripe's id of what it costs; undefined: it is not sold. */
  stripePriceId?: string | undefined;
}

/** Users whose address is of one of the domains, or who are in one of the directory's groups. */
export interface PlanAudience {
  domains?: readonly string[] | undefined;
  groups?: readonly string[] | undefined;
}

/**
 * In every deployment, for admins and whom an admin allows it. Nothing is limited on it but the deployment's own ceiling;
 * what its keys use is metered like everything else.
 */
export const unlimitedPlan: Plan = {
  name: 'unlimited',
  usagePlanName: 'Unlimited',
  selfService: false,
  maxKeysPerPlan: 1,
  price: 'For admins',
};

export const isUnlimited = ({ name }: Pick<Plan, 'name'>): boolean => name === unlimitedPlan.name;

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
export interface PlanUser extends Pick<UserRecord, 'allowedPlans' | 'billing'> {
  email?: string | undefined;
  /** Whether the address is proven; otherwise its domain says nothing. */
  emailVerified?: boolean | undefined;
  /** In the directory, as of the login; unknown without one. */
  groups?: readonly string[] | undefined;
}

/**
 * The one place that says whether a user may have keys on a plan: because they pay for it, because an admin allows it, or, if no
 * admin has set a list, by the settings.
 */
export function mayUsePlan(plan: Plan, user: PlanUser, now: number): boolean {
  const { allowedPlans, billing, groups = [] } = user;
  if (isPaidFor(plan, billing, now)) return true;
  if (allowedPlans !== undefined) return allowedPlans.includes(plan.name);
  if (isUnlimited(plan)) return groups.includes(adminGroup);
  return plan.selfService && (plan.for === undefined || isAmong(plan.for, user));
}

function isAmong(
  { domains = [], groups = [] }: PlanAudience,
  { email = '', emailVerified = false, groups: own = [] }: PlanUser,
): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return (emailVerified && domains.includes(domain)) || groups.some((one) => own.includes(one));
}

/** @throws DaypassError `plan_not_allowed` */
export function requireMayUse(plan: Plan, user: PlanUser, now: number): void {
  if (mayUsePlan(plan, user, now)) return;
  const text =
    plan.stripePriceId === undefined
      ? `Your account may not use the plan '${plan.name}'.`
      : `The plan '${plan.name}' has to be paid for first: POST /v1/billing/checkout opens the page.`;
  throw new DaypassError('plan_not_allowed', text, { param: 'plan' });
}

/** Cognito's group of the admins. */
export const adminGroup = 'admins';

/** The plan's entry in `GET /v1/plans`, which leaves out `unlimited`. */
export function describePlan(plan: Plan) {
  return {
    name: plan.name,
    ...byField(limitRows, ({ field }) => plan[field] ?? null),
    requestsPerDay: plan.requestsPerDay ?? 0,
    models: plan.models ?? null,
    maxKeysPerPlan: plan.maxKeysPerPlan,
    price: plan.price,
    selfService: plan.selfService && plan.for === undefined,
    stripePriceId: plan.stripePriceId ?? null,
  };
}
