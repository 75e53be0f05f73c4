import { DaypassError } from '../errors.ts';
import type { Plan } from '../plans.ts';
import type { KeyLimits, KeyRecord, OwnLimits, RequestLimits } from '../ports.ts';

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

/** What holds for a key: its own limits where it has any, else its plan's. */
export function keyLimits(
  plan: Plan,
  own: Pick<KeyRecord, 'limits' | 'allowedHosts'>,
  models: readonly string[] | undefined,
): KeyLimits {
  return {
    requestsPerDay: own.limits?.requestsPerDay ?? plan.requestsPerDay,
    requestsPerHour: own.limits?.requestsPerHour ?? plan.requestsPerHour,
    requestsPerMinute: own.limits?.requestsPerMinute ?? plan.requestsPerMinute,
    tokensPerDay: own.limits?.tokensPerDay ?? plan.tokensPerDay,
    perClient: own.limits?.perClient,
    models: models ?? plan.models,
    allowedHosts: own.allowedHosts,
  };
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

function describeRequests(limits: RequestLimits) {
  return {
    requestsPerDay: limits.requestsPerDay ?? null,
    requestsPerHour: limits.requestsPerHour ?? null,
    requestsPerMinute: limits.requestsPerMinute ?? null,
  };
}
