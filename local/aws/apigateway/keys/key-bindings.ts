import type { Clock } from '../../../clock.ts';
import { conflict, limitExceeded, notFound } from '../errors.ts';
import { type ApiStage, given, type Records } from './stored-keys-and-plans.ts';

/** AWS's default quota. */
const plansPerKey = 10;

interface Dependencies {
  records: Records;
  clock: Clock;
  activationDelaySeconds: number;
}

/** When a key or binding created now begins to work on the data plane; undefined for at once. */
export const activationTime = ({ clock, activationDelaySeconds }: Omit<Dependencies, 'records'>) =>
  activationDelaySeconds > 0 ? clock.now() + activationDelaySeconds * 1000 : undefined;

/** @throws ConflictException when the key is bound to this plan, or to another with the same API stage */
export function bindKey(deps: Dependencies, planId: string, keyId: string): void {
  const { records } = deps;
  const bound = records.keyPlans.get(keyId) ?? {};
  if (planId in bound) throw conflict('Usage Plan Key already exists');
  if (Object.keys(bound).length >= plansPerKey) {
    throw limitExceeded(`API Key ${keyId} cannot be added to more than ${plansPerKey} usage plans.`);
  }
  refuseSharedStages(records, planId, keyId, records.plans.get(planId)?.apiStages ?? []);
  records.keyPlans.put(keyId, { ...bound, [planId]: given('activeAt', activationTime(deps)) });
}

/** @throws ConflictException when another plan of this key has one of these stages */
export function refuseSharedStages(
  records: Records,
  planId: string,
  keyId: string,
  stages: readonly ApiStage[],
): void {
  const others = Object.keys(records.keyPlans.get(keyId) ?? {}).filter((other) => other !== planId);
  const taken = others.flatMap((other) => records.plans.get(other)?.apiStages ?? []);
  const shared = stages.find(({ apiId, stage }) =>
    taken.some((other) => other.apiId === apiId && other.stage === stage),
  );
  if (shared === undefined) return;
  throw conflict(
    `Usage Plan ${planId} cannot be added because API Key ${keyId} cannot reference multiple Usage Plans with the same API Stage: ${shared.apiId}:${shared.stage}`,
  );
}

/** @throws NotFoundException when the key is not bound to the plan */
export function unbindKey({ records }: Pick<Dependencies, 'records'>, planId: string, keyId: string): void {
  const { [planId]: bound, ...others } = records.keyPlans.get(keyId) ?? {};
  if (bound === undefined) throw notFound('Invalid Usage Plan Key identifier specified');
  if (Object.keys(others).length > 0) records.keyPlans.put(keyId, others);
  else records.keyPlans.delete(keyId);
}

/** @throws NotFoundException when the key is not bound to the plan */
export function requireBinding(records: Records, planId: string, keyId: string): void {
  if (!(planId in (records.keyPlans.get(keyId) ?? {}))) {
    throw notFound('Invalid Usage Plan Key identifier specified');
  }
}

export const keysOfPlan = (records: Records, planId: string): string[] =>
  records.keyPlans
    .list()
    .filter(({ value }) => planId in value)
    .map(({ id }) => id);
