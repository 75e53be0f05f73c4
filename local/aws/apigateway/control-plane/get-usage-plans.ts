import { requireApiKey } from '../keys/api-keys.ts';
import { creationOrder } from '../keys/creation-order.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { usagePlanWire } from './wire-keys.ts';

export const getUsagePlans: Operation = {
  name: 'GetUsagePlans',
  method: 'GET',
  path: '/usageplans',
  run({ records }, request) {
    const keyId = request.query.get('keyId');
    const bound = keyId === null ? undefined : (records.keyPlans.get(requireApiKey(records, keyId).id) ?? {});
    const plans = records.plans.list().filter(({ id }) => bound === undefined || id in bound);
    return listAnswer(
      request,
      plans.map(({ value }) => ({ id: creationOrder(value), value: usagePlanWire(value) })),
    );
  },
};
