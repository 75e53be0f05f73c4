import { randomUUID } from 'node:crypto';
import { DaypassError } from '../../errors.ts';
import type { Fence } from '../../metering/fence.ts';
import type { Plan } from '../../plans.ts';
import { keyLimits } from '../key-limits.ts';
import { freePlaces, noPlaceLeft } from '../places.ts';
import type { KeyRecord, KeyRecords, PlanChange } from '../ports.ts';
import { changedMeanwhile, keyHasEnded, keyIsBusy } from '../require-changeable.ts';
import { workingIds } from '../standing.ts';
import { type UndoingPorts, undoing } from '../undoing.ts';
import { planChangeSteps, runSteps, type Step } from './plan-change-steps.ts';
import { type UndoPlanChangePorts, undoPlanChange } from './undo-plan-change.ts';

export interface ChangePlanPorts extends UndoPlanChangePorts, UndoingPorts {
  records: UndoPlanChangePorts['records'] &
    Pick<KeyRecords, 'beginPlanChange' | 'completePlanChange' | 'listAll' | 'end' | 'release'>;
  fence: Fence;
}

/**
 * Moves a key to another plan. API Gateway refuses a key in two plans of one stage, so each secret leaves the old plan before
 * it joins the new one, and doesn't work in between. The gate's limits change with the record, at the end; what was used
 * of the day stays used.
 * @param name the key's new name, if it is renamed too
 * @throws DaypassError `invalid_request`, `key_exists`, `key_ended`, `key_busy`, `service_unavailable`
 */
export async function changePlan(
  ports: ChangePlanPorts,
  record: KeyRecord,
  target: Plan,
  name: string | undefined,
): Promise<KeyRecord> {
  if (keyLimits(target, record).models?.length === 0) throw noModelLeft(target);
  const current = ports.plans.find((plan) => plan.name === record.plan);
  const ids = await ports.gateway.findPlans([current, target].flatMap((plan) => plan?.usagePlanName ?? []));
  const wanted = { id: randomUUID(), plan: target.name, name, startedAt: ports.clock.now() };
  const take = () => begin(ports, record, wanted, target.maxKeysPerPlan);
  const place = { userId: record.userId, plan: target.name };
  let change = await take();
  if (change === 'no_place' && (await freePlaces(ports, place))) change = await take();
  if (change === 'no_place') throw await noPlaceLeft(ports, record.userId, target);
  if (change === 'changed') throw await changedMeanwhile(ports.records, record);
  const moved = await move(ports, record, change, { target, usagePlanId: ids.get(target.usagePlanName) });
  await openFence(ports, moved, target, ids.get(target.usagePlanName));
  return moved;
}

/** Undoes a change whose reply was lost, which would otherwise keep the key busy and the place taken. */
async function begin(
  ports: ChangePlanPorts,
  record: KeyRecord,
  wanted: Omit<PlanChange, 'slot'>,
  places: number,
): Promise<PlanChange | 'no_place' | 'changed'> {
  try {
    return await ports.records.beginPlanChange(record, wanted, places);
  } catch (error) {
    await undoing(ports, 'change-plan', record.keyId, async () => {
      const change = (await ports.records.find(record.userId, record.keyId))?.planChange;
      if (change?.id === wanted.id) await undoPlanChange(ports, record, change, []);
    });
    throw error;
  }
}

async function move(
  ports: ChangePlanPorts,
  record: KeyRecord,
  change: PlanChange,
  { target, usagePlanId }: { target: Plan; usagePlanId: string | undefined },
): Promise<KeyRecord> {
  const tried: Step[] = [];
  try {
    await runSteps(planChangeSteps(ports, record, change, change.startedAt), tried);
    const changed = await ports.records.completePlanChange(record, change, {
      limits: keyLimits(target, record),
      changedAt: ports.clock.now(),
      usagePlanId,
    });
    if (changed === undefined) throw keyIsBusy();
    return changed;
  } catch (error) {
    const outcome = await undoing(ports, 'change-plan', record.keyId, () =>
      undoPlanChange(ports, record, change, tried),
    );
    if (outcome === 'ended') throw keyHasEnded(error);
    if (outcome === undefined || outcome === 'undone') throw error;
    return outcome;
  }
}

/**
 * API Gateway remembers what it counted of a key on a plan, also while the key is on another. The gate's counts begin again
 * with the move, and so must the fence's.
 */
async function openFence(
  ports: ChangePlanPorts,
  record: KeyRecord,
  { requestsPerDay }: Plan,
  usagePlanId: string | undefined,
): Promise<void> {
  if (usagePlanId === undefined || requestsPerDay === undefined) return;
  for (const id of workingIds(record, ports.clock.now())) {
    await ports.fence.setRemaining(usagePlanId, id, requestsPerDay).catch((error: unknown) => {
      ports.onUndoFailed('open-fence', record.keyId, error);
    });
  }
}

function noModelLeft(plan: Plan): DaypassError {
  return new DaypassError(
    'invalid_request',
    `The plan '${plan.name}' has none of the models that this key may call.`,
    { param: 'plan' },
  );
}
