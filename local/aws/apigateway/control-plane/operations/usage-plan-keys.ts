import { z } from 'zod';
import { badRequest } from '../../errors.ts';
import { requireApiKey } from '../../keys/api-keys.ts';
import { bindKey, keysOfPlan, requireBinding, unbindKey } from '../../keys/key-bindings.ts';
import { creationOrder } from '../../keys/stored-keys-and-plans.ts';
import { requireUsagePlan } from '../../keys/usage-plans.ts';
import type { Operation } from '../operation.ts';
import { listAnswer } from '../pagination.ts';
import { readBody } from '../read-body.ts';
import { usagePlanKeyWire } from '../wire.ts';

const input = z.object({ keyId: z.string().min(1), keyType: z.string() });

export const createUsagePlanKey: Operation = {
  name: 'CreateUsagePlanKey',
  method: 'POST',
  path: '/usageplans/{usagePlanId}/keys',
  run(deps, { params, body }) {
    const { keyId, keyType } = readBody(input, body);
    if (keyType !== 'API_KEY') throw badRequest(`Invalid key type '${keyType}': must be API_KEY`);
    // In AWS's order: when both are unknown, the error names the key.
    const key = requireApiKey(deps.records, keyId);
    const plan = requireUsagePlan(deps.records, params.usagePlanId ?? '');
    bindKey(deps, plan.id, key.id);
    return { status: 201, body: usagePlanKeyWire(key) };
  },
};

export const getUsagePlanKey: Operation = {
  name: 'GetUsagePlanKey',
  method: 'GET',
  path: '/usageplans/{usagePlanId}/keys/{keyId}',
  run({ records }, { params }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const key = requireApiKey(records, params.keyId ?? '');
    requireBinding(records, plan.id, key.id);
    return { status: 200, body: usagePlanKeyWire(key) };
  },
};

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
