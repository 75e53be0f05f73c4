import type { Plan } from '../../core/plans.ts';

export function somePlan(fields: Partial<Plan> = {}): Plan {
  return {
    name: '10-per-day',
    usagePlanName: '10RequestPerDay',
    requestsPerDay: 10,
    selfService: true,
    maxKeysPerPlan: 1,
    price: 'Free',
    ...fields,
  };
}
