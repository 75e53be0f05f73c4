import { z } from 'zod';
import { badRequest } from '../../errors.ts';
import { requireApiKey } from '../../keys/api-keys.ts';
import { keysOfPlan, refuseSharedStages } from '../../keys/key-bindings.ts';
import { creationOrder, given, type Throttle } from '../../keys/stored-keys-and-plans.ts';
import { addUsagePlan, checkUsagePlan, removeUsagePlan, requireUsagePlan } from '../../keys/usage-plans.ts';
import type { Operation } from '../operation.ts';
import { listAnswer } from '../pagination.ts';
import { readPatches } from '../patch.ts';
import { readBody, tags } from '../read-body.ts';
import { usagePlanWire } from '../wire.ts';
import { patchUsagePlan } from './usage-plan-patch.ts';

const throttle = z.object({ rateLimit: z.number().nullish(), burstLimit: z.number().nullish() }).transform(
  ({ rateLimit, burstLimit }): Throttle => ({
    ...given('rateLimit', rateLimit ?? undefined),
    ...given('burstLimit', burstLimit ?? undefined),
  }),
);
const input = z.object({
  name: z.string().min(1),
  description: z.string().nullish(),
  apiStages: z
    .array(
      z.object({ apiId: z.string(), stage: z.string(), throttle: z.record(z.string(), throttle).nullish() }),
    )
    .default([]),
  throttle: throttle.nullish(),
  quota: z
    .object({ limit: z.int(), period: z.enum(['DAY', 'WEEK', 'MONTH']), offset: z.int().default(0) })
    .nullish(),
  tags: tags.default({}),
});

export const createUsagePlan: Operation = {
  name: 'CreateUsagePlan',
  method: 'POST',
  path: '/usageplans',
  run(deps, { body }) {
    const wanted = readBody(input, body);
    const plan = {
      name: wanted.name,
      ...given('description', wanted.description ?? undefined),
      apiStages: wanted.apiStages.map(({ throttle: limits, ...stage }) => ({
        ...stage,
        ...given('throttle', limits ?? undefined),
      })),
      ...given('throttle', wanted.throttle ?? undefined),
      ...given('quota', wanted.quota ?? undefined),
      tags: wanted.tags,
    };
    checkUsagePlan(deps.directory, plan);
    return { status: 201, body: usagePlanWire(addUsagePlan(deps, plan)) };
  },
};

export const getUsagePlan: Operation = {
  name: 'GetUsagePlan',
  method: 'GET',
  path: '/usageplans/{usagePlanId}',
  run: ({ records }, { params }) => ({
    status: 200,
    body: usagePlanWire(requireUsagePlan(records, params.usagePlanId ?? '')),
  }),
};

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

export const updateUsagePlan: Operation = {
  name: 'UpdateUsagePlan',
  method: 'PATCH',
  path: '/usageplans/{usagePlanId}',
  run({ records, directory }, { params, body }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const updated = patchUsagePlan(plan, readPatches(body));
    checkUsagePlan(directory, updated);
    for (const keyId of keysOfPlan(records, plan.id)) {
      refuseSharedStages(records, plan.id, keyId, updated.apiStages);
    }
    records.plans.put(plan.id, updated);
    return { status: 200, body: usagePlanWire(updated) };
  },
};

export const deleteUsagePlan: Operation = {
  name: 'DeleteUsagePlan',
  method: 'DELETE',
  path: '/usageplans/{usagePlanId}',
  run({ records }, { params }) {
    const plan = requireUsagePlan(records, params.usagePlanId ?? '');
    const [stage] = plan.apiStages;
    if (stage !== undefined) {
      throw badRequest(
        `Cannot delete Usage Plan ${plan.id} because there are API Stages associated with it, including ${stage.apiId}:${stage.stage}`,
      );
    }
    removeUsagePlan(records, plan.id);
    return { status: 202 };
  },
};
