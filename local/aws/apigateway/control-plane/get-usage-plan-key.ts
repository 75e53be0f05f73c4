import { notFound } from '../errors.ts';
import { requireApiKey } from '../keys/api-keys.ts';
import { requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { usagePlanKeyWire } from './wire-keys.ts';

export const getUsagePlanKey: Operation = {
  name: 'GetUsagePlanKey',
  method: 'GET',
  path: '/usageplans/{usagePlanId}/keys/{keyId}',
  run({ records }, { params }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const key = requireApiKey(records, params.keyId ?? '');
    if (!(plan.id in (records.keyPlans.get(key.id) ?? {}))) {
      throw notFound('Invalid Usage Plan Key identifier specified');
    }
    return { status: 200, body: usagePlanKeyWire(key) };
  },
};
