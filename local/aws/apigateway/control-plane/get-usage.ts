import { badRequest } from '../errors.ts';
import { requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { page } from './pagination.ts';

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
