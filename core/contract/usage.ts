import * as z from 'zod';
import { countQuery, pageOf, pageQuery, type RouteContract } from './route-contract.ts';
import { defaultUsageDays, usageDays } from './usage-days.ts';

const day = z.iso.date('must be a date such as 2026-11-22');
export const usageQuery = z.strictObject({
  from: day
    .optional()
    .describe(
      `The first day (UTC), at most ${usageDays - 1} days before \`to\`; default ${defaultUsageDays - 1} days before \`to\``,
    ),
  to: day.optional().describe('The last day (UTC); default today'),
  keyId: z.string().max(100).optional().describe('The id of a key, for its usage alone; default every key'),
  ...pageQuery.shape,
  limit: countQuery(1000).default(100).describe('Rows on a page'),
});

export const usageRow = z
  .strictObject({
    date: z.iso.date().describe('The day (UTC)'),
    keyId: z.string().describe('The key’s id'),
    keyName: z
      .string()
      .nullable()
      .describe('The key’s name; null: the key ended long ago, and its record has been deleted'),
    requests: z.int().describe('Calls charged'),
    refused: z.int().describe('Calls refused because a limit was used up'),
    inputTokens: z.int().describe('Input tokens, without those read from the prompt cache'),
    outputTokens: z.int().describe('Output tokens'),
    cachedTokens: z.int().describe('Input tokens read from the prompt cache, not counted in `inputTokens`'),
    cost: z.number().describe('US dollars, by the prices of this deployment'),
  })
  .meta({ title: 'UsageRow' });

export const usageRoutes = {
  getUsage: {
    method: 'get',
    path: '/v1/usage',
    access: 'login',
    summary: 'Get my usage by day and key, newest first',
    query: usageQuery,
    answers: { 200: { description: 'A page of rows', schema: pageOf(usageRow) } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
