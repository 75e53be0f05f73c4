import { creationOrder } from '../keys/creation-order.ts';
import { keysOfPlan } from '../keys/key-bindings.ts';
import { requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { usagePlanKeyWire } from './wire-keys.ts';

export const getUsagePlanKeys: Operation = {
  name: 'GetUsagePlanKeys',
  method: 'GET',
  path: '/usageplans/{usagePlanId}/keys',
  run({ records }, request) {
    const plan = requireUsagePlan(records, request.params.usagePlanId ?? '');
    const prefix = request.query.get('name') ?? '';
    const keys = keysOfPlan(records, plan.id).flatMap((id) => records.keys.get(id) ?? []);
    return listAnswer(
      request,
      keys
        .filter(({ name = '' }) => name.startsWith(prefix))
        .map((key) => ({ id: creationOrder(key), value: usagePlanKeyWire(key) })),
    );
  },
};
