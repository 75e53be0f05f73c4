import * as z from 'zod';
import { isoTime, type RouteContract } from '../route-contract.ts';

const count = z.int().min(0);
export const healthAnswer = z
  .strictObject({
    ceilings: z
      .array(
        z.strictObject({
          unit: z.enum(['requests', 'tokens', 'dollars']).describe('What is counted; `dollars`: US dollars'),
          window: z.enum(['minute', 'hour', 'day', 'week', 'month']).describe('How long the window lasts'),
          limit: z.number().describe('The most that all users together may use in it'),
          used: z.number().describe('What has been used; money is that of calls that have ended'),
          resetsAt: isoTime.describe('When the next window begins (ISO 8601, UTC)'),
        }),
      )
      .describe('Each of the deployment’s ceilings, with its current window; empty: none'),
    reconciler: z
      .strictObject({
        at: isoTime.describe('When the pass ended (ISO 8601, UTC)'),
        complete: z.boolean().describe('Whether it got through; if not, the next one goes on'),
        failures: count.describe('What it could not finish; the next one tries again'),
        parked: count.describe('What has failed so often that an operator has to look at it'),
        actions: z
          .record(z.string(), count)
          .describe('What it finished or repaired, and how often; empty: nothing was wrong'),
      })
      .nullable()
      .describe('The reconciler’s last pass; null: none yet'),
    paused: z
      .strictObject({
        since: isoTime.describe('Since when (ISO 8601, UTC)'),
        by: z.string().describe('Who paused it, as they call themselves'),
        reason: z.string().nullable().describe('Why; null: they did not say'),
      })
      .nullable()
      .describe('The oldest pause of the reconciler, which does nothing as long as there is one; null: none'),
    alarms: z
      .array(
        z.strictObject({
          name: z.string().describe('The alarm’s name in CloudWatch'),
          what: z.string().describe('What it says when it goes off'),
          state: z
            .enum(['ok', 'alarm', 'insufficient_data'])
            .describe('`insufficient_data`: nothing has been measured yet'),
          since: isoTime.nullable().describe('Since when it is in this state (ISO 8601, UTC); null: unknown'),
        }),
      )
      .nullable()
      .describe('The deployment’s alarms, those that went off first; null: CloudWatch did not answer'),
  })
  .meta({ title: 'Health' });

export const healthRoutes = {
  getHealth: {
    method: 'get',
    path: '/v1/admin/health',
    access: 'admin',
    summary:
      'Get what is used of the deployment’s ceilings, the reconciler’s last pass, and the alarms’ state',
    answers: { 200: { description: 'The deployment', schema: healthAnswer } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
