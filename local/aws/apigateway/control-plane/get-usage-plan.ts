import { requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { usagePlanWire } from './wire-keys.ts';

export const getUsagePlan: Operation = {
  name: 'GetUsagePlan',
  method: 'GET',
  path: '/usageplans/{usagePlanId}',
  run: ({ records }, { params }) => ({
    status: 200,
    body: usagePlanWire(requireUsagePlan(records, params.usagePlanId ?? '')),
  }),
};
