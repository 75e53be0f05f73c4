import { z } from 'zod';
import { badRequest } from '../errors.ts';
import { requireApiKey } from '../keys/api-keys.ts';
import { bindKey } from '../keys/key-bindings.ts';
import { requireUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { readBody } from './read-body.ts';
import { usagePlanKeyWire } from './wire-keys.ts';

const input = z.object({ keyId: z.string().min(1), keyType: z.string() });

export const createUsagePlanKey: Operation = {
  name: 'CreateUsagePlanKey',
  method: 'POST',
  path: '/usageplans/{usagePlanId}/keys',
  run(deps, { params, body }) {
    const { keyId, keyType } = readBody(input, body);
    if (keyType !== 'API_KEY') throw badRequest(`Invalid key type '${keyType}': must be API_KEY`);
    // In this order: with both unknown the key is the one that is told.
    const key = requireApiKey(deps.records, keyId);
    const plan = requireUsagePlan(deps.records, params.usagePlanId ?? '');
    bindKey(deps, plan.id, key.id);
    return { status: 201, body: usagePlanKeyWire(key) };
  },
};
