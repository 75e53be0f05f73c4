import { badRequest, notFound } from '../errors.ts';
import { requireApiKey } from '../keys/api-keys.ts';
import { dateOf } from '../keys/quota-period.ts';
import { requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { invalidPath, readNumber, readPatches } from './patch.ts';

/** Grants a key more, or less, until its quota period ends. */
export const updateUsage: Operation = {
  name: 'UpdateUsage',
  method: 'PATCH',
  path: '/usageplans/{usagePlanId}/keys/{keyId}/usage',
  run({ records, meter, clock }, { params, body }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const key = requireApiKey(records, params.keyId ?? '');
    if (!(plan.id in (records.keyPlans.get(key.id) ?? {}))) {
      throw notFound('Invalid Usage Plan Key identifier specified');
    }
    const [patch, ...more] = readPatches(body);
    if (patch === undefined || more.length > 0) throw badRequest('Exactly one patch operation is expected');
    if (patch.op !== 'replace' || patch.path !== '/remaining')
      throw invalidPath(patch, ['replace /remaining']);
    if (plan.quota === undefined) throw badRequest(`Usage plan ${plan.id} has no quota`);
    const remaining = readNumber(patch.value);
    if (!Number.isInteger(remaining) || remaining < 0)
      throw badRequest('remaining must be a whole number, 0 or more');
    const day = meter.setRemaining(plan, key.id, plan.quota, remaining);
    const today = dateOf(clock.now());
    return {
      status: 200,
      body: { usagePlanId: plan.id, startDate: today, endDate: today, values: { [key.id]: [day] } },
    };
  },
};
