import { requireApiKey } from './api-keys.ts';
import { unbindKey } from './key-bindings.ts';
import type { Operation } from './operation.ts';
import { requireUsagePlan } from './usage-plans.ts';

export const deleteUsagePlanKey: Operation = {
  name: 'DeleteUsagePlanKey',
  method: 'DELETE',
  path: '/usageplans/{usagePlanId}/keys/{keyId}',
  run({ records }, { params }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const key = requireApiKey(records, params.keyId ?? '');
    unbindKey({ records }, plan.id, key.id);
    return { status: 202 };
  },
};
