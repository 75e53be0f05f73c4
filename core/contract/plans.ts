import * as z from 'zod';
import { byField, limitRows } from '../metering/windows.ts';
import { pageOf, type RouteContract } from './route-contract.ts';

export const planAnswer = z
  .strictObject({
    name: z.string(),
    ...byField(limitRows, () => z.int().nullable()),
    requestsPerDay: z.int(),
    models: z.array(z.string()).nullable().describe('null: every model'),
    maxKeysPerPlan: z.int(),
    price: z.string(),
    selfService: z.boolean().describe('false: an admin must allow it'),
  })
  .meta({ title: 'Plan' });

export const planRoutes = {
  listPlans: {
    method: 'get',
    path: '/v1/plans',
    access: 'public',
    summary: 'The plans on offer',
    answers: { 200: { description: 'All plans', schema: pageOf(planAnswer) } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
