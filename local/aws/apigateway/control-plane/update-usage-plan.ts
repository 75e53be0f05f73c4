import { keysOfPlan, refuseSharedStages } from '../keys/key-bindings.ts';
import { checkUsagePlan, requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { readPatches } from './patch.ts';
import { patchUsagePlan } from './usage-plan-patch.ts';
import { usagePlanWire } from './wire-keys.ts';

export const updateUsagePlan: Operation = {
  name: 'UpdateUsagePlan',
  method: 'PATCH',
  path: '/usageplans/{usagePlanId}',
  run({ records, directory }, { params, body }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const updated = patchUsagePlan(plan, readPatches(body));
    checkUsagePlan(directory, updated);
    for (const keyId of keysOfPlan(records, plan.id)) {
      refuseSharedStages(records, plan.id, keyId, updated.apiStages);
    }
    records.plans.put(plan.id, updated);
    return { status: 200, body: usagePlanWire(updated) };
  },
};
