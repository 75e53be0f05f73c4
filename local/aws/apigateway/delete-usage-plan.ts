import { badRequest } from './errors.ts';
import type { Operation } from './operation.ts';
import { removeUsagePlan, requireUsagePlan } from './usage-plans.ts';

export const deleteUsagePlan: Operation = {
  name: 'DeleteUsagePlan',
  method: 'DELETE',
  path: '/usageplans/{usagePlanId}',
  run({ records }, { params }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    if (plan.apiStages.length > 0) {
      throw badRequest(`Cannot delete usage plan ${plan.id}: remove its associated API stages first`);
    }
    removeUsagePlan(records, plan.id);
    return { status: 202 };
  },
};
