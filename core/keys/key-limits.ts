import { DaypassError } from '../errors.ts';
import { byField, type LimitField, limitRows, requestRows } from '../metering/windows.ts';
import { isUnlimited, type Plan } from '../plans.ts';
import type { KeyLimits, KeyRecord, OwnLimits, RequestLimits } from './ports.ts';

/** The most models that a refusal names. */
const mostModelsListed = 5;

/** A requested limit above the plan's. */
interface TooHigh {
  /** Within `limits`. */
  path: string[];
  most: number;
}

/** @throws DaypassError `invalid_request` naming the first limit that is above the plan's; `unlimited` takes none */
export function requireWithinPlan(plan: Plan, limits: OwnLimits | undefined): void {
  if (isUnlimited(plan) && Object.keys(limits ?? {}).length > 0) {
    throw new DaypassError(
      'invalid_request',
      `limits must be left out: a key on the plan '${plan.name}' ignores every limit.`,
      { param: 'limits' },
    );
  }
  const [first] = limitsAbove(plan, limits);
  if (first === undefined) return;
  const param = ['limits', ...first.path].join('.');
  throw new DaypassError(
    'invalid_request',
    `${param} must be at most ${first.most}, as the plan '${plan.name}' allows.`,
    { param },
  );
}

/** @param plan null or undefined: no limit */
export function limitsAbove(
  plan: Partial<Record<LimitField, number | null | undefined>>,
  limits: OwnLimits | undefined,
): TooHigh[] {
  const asked = [
    ...limitRows.map(({ field }) => ({ path: [field], value: limits?.[field], most: plan[field] })),
    ...requestRows.map(({ field }) => ({
      path: ['perClient', field],
      value: limits?.perClient?.[field],
      most: plan[field],
    })),
  ];
  return asked.flatMap(({ path, value, most }) =>
    value === undefined || most == null || value <= most ? [] : [{ path, most }],
  );
}

/** @throws DaypassError `invalid_request` for models that don't exist or aren't on the plan */
export function requireKnownModels(
  known: readonly string[],
  plan: Plan,
  named: readonly string[] = [],
): void {
  const unknown = named.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw wrongModels(unknown, 'not in GET /v1/models');
  const notOnPlan = named.filter((name) => plan.models?.includes(name) === false);
  if (notOnPlan.length > 0) throw wrongModels(notOnPlan, `not on the plan '${plan.name}'`);
}

function wrongModels(names: readonly string[], reason: string): DaypassError {
  const listed = names
    .slice(0, mostModelsListed)
    .map((name) => `'${name}'`)
    .join(', ');
  const more = names.length > mostModelsListed ? ` and ${names.length - mostModelsListed} more` : '';
  return new DaypassError('invalid_request', `models names what is ${reason}: ${listed}${more}.`, {
    param: 'models',
  });
}

/**
 * The limits that apply to a key: its own if it has any, otherwise its plan's, and never above its plan's. On `unlimited`
 * none apply; a key that moved there gets its own back with the next plan.
 */
export function keyLimits(plan: Plan, own: Pick<KeyRecord, 'limits' | 'models' | 'allowedHosts'>): KeyLimits {
  const { allowedHosts } = own;
  const models = modelsOf(plan, own.models);
  if (isUnlimited(plan)) return { models, allowedHosts };
  return {
    ...byField(limitRows, ({ field }) => lower(own.limits?.[field], plan[field])),
    perClient: own.limits?.perClient,
    models,
    allowedHosts,
  };
}

/** A key's own limit is within the plan that it was created on, but the key may have moved to a plan with a lower one. */
function lower(own: number | undefined, plan: number | undefined): number | undefined {
  if (own === undefined || plan === undefined) return own ?? plan;
  return Math.min(own, plan);
}

/** @returns undefined: every model; an empty list: none */
export function modelsOf(plan: Plan, own: readonly string[] | undefined): readonly string[] | undefined {
  if (own === undefined || plan.models === undefined) return own ?? plan.models;
  return own.filter((model) => plan.models?.includes(model));
}

/** Limits as the user sees them; null: no limit. */
export function describeLimits(limits: OwnLimits) {
  const { perClient } = limits;
  return {
    ...byField(limitRows, ({ field }) => limits[field] ?? null),
    perClient: perClient === undefined ? null : describeRequests(perClient),
  };
}

export function describeRequests(limits: RequestLimits) {
  return byField(requestRows, ({ field }) => limits[field] ?? null);
}
