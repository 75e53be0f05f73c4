import { DaypassError } from '../errors.ts';
import type { Plan } from '../plans.ts';
import type { KeyLimits, KeyRecord, OwnLimits, RequestLimits } from './ports.ts';

const requestFields = ['requestsPerDay', 'requestsPerHour', 'requestsPerMinute'] as const;
const fields = [...requestFields, 'tokensPerDay'] as const;

/** @throws DaypassError `invalid_request` naming the first limit that is above the plan's */
export function requireWithinPlan(plan: Plan, limits: OwnLimits | undefined): void {
  for (const field of fields) requireAtMost(plan, field, limits?.[field], `limits.${field}`);
  for (const field of requestFields) {
    requireAtMost(plan, field, limits?.perClient?.[field], `limits.perClient.${field}`);
  }
}

function requireAtMost(plan: Plan, field: (typeof fields)[number], asked: number | undefined, param: string) {
  const most = plan[field];
  if (asked === undefined || most === undefined || asked <= most) return;
  throw new DaypassError(
    'invalid_request',
    `${param}: must be at most ${most}, as the plan '${plan.name}' allows.`,
    { param },
  );
}

/** What holds for a key: its own limits where it has any, else its plan's, and never more than its plan's. */
export function keyLimits(plan: Plan, own: Pick<KeyRecord, 'limits' | 'models' | 'allowedHosts'>): KeyLimits {
  return {
    requestsPerDay: Math.min(own.limits?.requestsPerDay ?? plan.requestsPerDay, plan.requestsPerDay),
    requestsPerHour: lower(own.limits?.requestsPerHour, plan.requestsPerHour),
    requestsPerMinute: lower(own.limits?.requestsPerMinute, plan.requestsPerMinute),
    tokensPerDay: lower(own.limits?.tokensPerDay, plan.tokensPerDay),
    perClient: own.limits?.perClient,
    models: modelsOf(plan, own.models),
    allowedHosts: own.allowedHosts,
  };
}

/** A key's own limit was within its plan's when it was made; a plan that it moves to may have a lower one. */
function lower(own: number | undefined, plan: number | undefined): number | undefined {
  if (own === undefined || plan === undefined) return own ?? plan;
  return Math.min(own, plan);
}

/** Undefined: every model; none: the key could call nothing. */
export function modelsOf(plan: Plan, own: readonly string[] | undefined): readonly string[] | undefined {
  if (own === undefined || plan.models === undefined) return own ?? plan.models;
  return own.filter((model) => plan.models?.includes(model));
}

/** Limits as a key's owner sees them: those without a number are null. */
export function describeLimits(limits: OwnLimits) {
  const { perClient } = limits;
  return {
    ...describeRequests(limits),
    tokensPerDay: limits.tokensPerDay ?? null,
    perClient: perClient === undefined ? null : describeRequests(perClient),
  };
}

export function describeRequests(limits: RequestLimits) {
  return {
    requestsPerDay: limits.requestsPerDay ?? null,
    requestsPerHour: limits.requestsPerHour ?? null,
    requestsPerMinute: limits.requestsPerMinute ?? null,
  };
}
