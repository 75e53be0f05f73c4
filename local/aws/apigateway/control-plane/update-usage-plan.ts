import { keysOfPlan, refuseSharedStages } from './key-bindings.ts';
import type { Operation } from './operation.ts';
import { readPatches } from './patch.ts';
import { patchUsagePlan } from './usage-plan-patch.ts';
import { checkUsagePlan, requireUsagePlan } from './usage-plans.ts';
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
