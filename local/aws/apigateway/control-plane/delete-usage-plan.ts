import { badRequest } from '../errors.ts';
import { removeUsagePlan, requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';

export const deleteUsagePlan: Operation = {
  name: 'DeleteUsagePlan',
  method: 'DELETE',
  path: '/usageplans/{usagePlanId}',
  run({ records }, { params }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const [stage] = plan.apiStages;
    if (stage !== undefined) {
      throw badRequest(
        `Cannot delete Usage Plan ${plan.id} because there are API Stages associated with it, including ${stage.apiId}:${stage.stage}`,
      );
    }
    removeUsagePlan(records, plan.id);
    return { status: 202 };
  },
};
