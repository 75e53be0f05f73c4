import * as z from 'zod';
import { byField, limitRows } from '../metering/windows.ts';
import { shown } from './api-keys.ts';
import { pageOf, type RouteContract } from './route-contract.ts';

export const planAnswer = z
  .strictObject({
    name: z.string().describe('The plan’s name, as `POST /v1/api-keys` takes it'),
    ...byField(limitRows, shown),
    requestsPerDay: z.int().describe('Requests allowed a day (UTC)'),
    models: z.array(z.string()).nullable().describe('The models that its keys may call; null: every model'),
    maxKeysPerPlan: z.int().describe('Active keys that a user may hold on the plan'),
    price: z.string().describe('The price, as a text for people to read'),
    selfService: z
      .boolean()
      .describe(
        'Whether any user may pick the plan; false: only users whom an admin or the settings allow, or who pay for it; `GET /v1/me` names those of the caller',
      ),
    stripePriceId: z
      .string()
      .nullable()
      .describe('The price by which `POST /v1/billing/checkout` sells the plan; null: it is not sold'),
  })
  .meta({ title: 'Plan' });

export const planRoutes = {
  listPlans: {
    method: 'get',
    path: '/v1/plans',
    access: 'public',
    summary: 'List the plans',
    answers: { 200: { description: 'Every plan, on one page', schema: pageOf(planAnswer) } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
