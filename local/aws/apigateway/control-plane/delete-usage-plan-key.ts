import { requireApiKey } from '../keys/api-keys.ts';
import { unbindKey } from '../keys/key-bindings.ts';
import { requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';

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
