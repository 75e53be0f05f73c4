import type { Clock } from '../../clock.ts';
import type { Plan } from '../../plans.ts';
import type { KeyRecord, KeyRecords, PlanBindings, PlanChange } from '../ports.ts';
import { keyHasEnded, keyIsBusy } from '../require-changeable.ts';
import { planChangeSteps, type Step } from './plan-change-steps.ts';

export interface UndoPlanChangePorts {
  records: Pick<KeyRecords, 'find' | 'stopPlanChange' | 'abandonPlanChange'>;
  gateway: PlanBindings;
  plans: readonly Plan[];
  clock: Clock;
}

/** The function that began a change ends within half a minute, so after this time the change was interrupted. */
const cutOffAfterMs = 60_000;

/**
 * Puts a key back on its plan. A late completion is ruled out first, and the intent is deleted last: it must remain as long as
 * the key may be on the wrong plan or on none.
 * @param tried what may have been done at API Gateway, in its order; all that a change does, when unknown
 * @returns the changed record if the change had completed and only its reply was lost; `ended` if the key has ended
 */
export async function undoPlanChange(
  ports: UndoPlanChangePorts,
  record: KeyRecord,
  change: PlanChange,
  tried: readonly Step[] = planChangeSteps(ports, record, change, ports.clock.now()),
): Promise<KeyRecord | 'undone' | 'ended'> {
  if (!(await ports.records.stopPlanChange(record, change))) {
    const found = await ports.records.find(record.userId, record.keyId);
    if (found?.status !== 'active') return 'ended';
    return found.plan === change.plan && !found.planChange ? found : 'undone';
  }
  for (const step of tried.toReversed()) await step.undo();
  await ports.records.abandonPlanChange(record, change);
  return 'undone';
}

/**
 * Undoes an interrupted change at once, since its key may be on no plan until the reconciler's next pass.
 * @throws DaypassError `key_busy` while the change may still be under way, `key_ended`
 */
export async function undoCutOffChange(ports: UndoPlanChangePorts, record: KeyRecord): Promise<KeyRecord> {
  const { planChange } = record;
  if (planChange === undefined) return record;
  if (ports.clock.now() - planChange.startedAt < cutOffAfterMs) throw keyIsBusy();
  await undoPlanChange(ports, record, planChange);
  const found = await ports.records.find(record.userId, record.keyId);
  if (found?.status !== 'active') throw keyHasEnded();
  return found;
}
