import { badRequest } from '../../errors.ts';
import { requireApiKey } from '../../keys/api-keys.ts';
import { requireBinding } from '../../keys/key-bindings.ts';
import { dateOf } from '../../keys/quota-period.ts';
import { requireUsagePlan } from '../../keys/usage-plans.ts';
import type { Operation } from '../operation.ts';
import { page } from '../pagination.ts';
import { invalidPath, readNumber, readPatches } from '../patch.ts';

const longestRangeDays = 90;

export const getUsage: Operation = {
  name: 'GetUsage',
  method: 'GET',
  path: '/usageplans/{usagePlanId}/usage',
  run({ records, meter }, request) {
    const { params, query } = request;
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const startDate = readDate(query.get('startDate'), 'startDate');
    const endDate = readDate(query.get('endDate'), 'endDate');
    const days = (Date.parse(endDate) - Date.parse(startDate)) / 86_400_000;
    if (days < 0) throw badRequest('startDate must not be after endDate');
    if (days > longestRangeDays) throw badRequest(`The date range must not exceed ${longestRangeDays} days`);
    const keyId = query.get('keyId');
    const usages = meter
      .between(plan, startDate, endDate)
      .filter((usage) => keyId === null || usage.keyId === keyId)
      .map((usage) => ({ id: usage.keyId, value: [usage.keyId, usage.days] as const }));
    const { items, position } = page(request, usages);
    const body = { usagePlanId: plan.id, startDate, endDate, values: Object.fromEntries(items) };
    return { status: 200, body: position === undefined ? body : { ...body, position } };
  },
};

/** The CLI's examples have plain dates; SDK users also send times. */
function readDate(value: string | null, name: string): string {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(value ?? '')?.[0];
  if (date === undefined || Number.isNaN(Date.parse(date)))
    throw badRequest(`Invalid ${name}: expected YYYY-MM-DD`);
  return date;
}

/** Sets what a key has left until its quota period ends. */
export const updateUsage: Operation = {
  name: 'UpdateUsage',
  method: 'PATCH',
  path: '/usageplans/{usagePlanId}/keys/{keyId}/usage',
  run({ records, meter, clock }, { params, body }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const key = requireApiKey(records, params.keyId ?? '');
    requireBinding(records, plan.id, key.id);
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
