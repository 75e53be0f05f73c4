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

/** The function that began a change ends within half a minute: after this it was cut off. */
const cutOffAfterMs = 60_000;

/**
 * Puts a key back onto the plan it was on. A completion still on its way is kept out first, the intent goes last:
 * as long as the key may be on the wrong plan or on none, the intent tells of it.
 * @param tried what may have been done at API Gateway, in its order; all that a change does, when unknown
 * @returns the changed record when the change had completed, only its reply lost: then it stands; `ended` when the
 *   key was meanwhile
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
 * Undoes a change that was cut off, whose owner need not wait for the reconciler: its key may be on no plan.
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
