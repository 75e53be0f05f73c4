import { z } from 'zod';
import { given, type Throttle } from '../keys/records.ts';
import { addUsagePlan, checkUsagePlan } from '../keys/usage-plans.ts';
import type { Operation } from './operation.ts';
import { readBody, tags } from './read-body.ts';
import { usagePlanWire } from './wire-keys.ts';

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
