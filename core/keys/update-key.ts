import type { UserRecord } from '../accounts/ports.ts';
import type { UpdateKeyBody } from '../contract/key-requests.ts';
import { findPlan, requireMayUse } from '../plans.ts';
import { type ChangePlanPorts, changePlan } from './change-plan/change-plan.ts';
import { undoCutOffChange } from './change-plan/undo-plan-change.ts';
import type { KeyRecord, KeyRecords } from './ports.ts';
import { changedMeanwhile, requireChangeable } from './require-changeable.ts';

export interface UpdateKeyPorts extends ChangePlanPorts {
  records: ChangePlanPorts['records'] & Pick<KeyRecords, 'rename'>;
}

/**
 * Gives a key another plan or name, or both. What it has already is no change, so repeating the call is harmless.
 * @throws DaypassError `key_ended`, `unknown_plan`, `plan_not_allowed`, and what `changePlan` throws
 */
export async function updateKey(
  ports: UpdateKeyPorts,
  user: UserRecord,
  found: KeyRecord,
  { name, plan }: UpdateKeyBody,
): Promise<KeyRecord> {
  requireChangeable(found, ports.clock.now());
  if (plan === undefined) return renamed(ports, found, name);
  const target = findPlan(ports.plans, plan);
  const record = await undoCutOffChange(ports, found);
  if (record.plan === target.name) return renamed(ports, record, name);
  requireMayUse(target, user);
  return changePlan(ports, record, target, name);
}

async function renamed(
  { records }: UpdateKeyPorts,
  record: KeyRecord,
  name: string | undefined,
): Promise<KeyRecord> {
  if (name === undefined || name === record.name) return record;
  if (!(await records.rename(record, name))) throw await changedMeanwhile(records, record);
  return { ...record, name };
}
