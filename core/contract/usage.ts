import * as z from 'zod';
import { countQuery, pageOf, pageQuery, type RouteContract } from './route-contract.ts';

const day = z.iso.date('must be a date such as 2026-11-22');
export const usageQuery = z.strictObject({
  from: day.optional().describe('First day (UTC); default 29 days before `to`'),
  to: day.optional().describe('Last day (UTC); default today'),
  keyId: z.string().max(100).optional().describe('One key only'),
  ...pageQuery.shape,
  limit: countQuery(1000).default(100).describe('Rows a page; default 100'),
});

export const usageRow = z
  .strictObject({
    date: z.iso.date(),
    keyId: z.string(),
    keyName: z.string().nullable().describe('null: the key ended long ago, and its record is gone'),
    requests: z.int(),
    refused: z.int().describe('Calls past the plan'),
    inputTokens: z.int(),
    outputTokens: z.int(),
    cachedTokens: z.int().describe('Input read from the prompt cache, not part of inputTokens'),
    cost: z.number().describe('US dollars by the price table of this deployment'),
  })
  .meta({ title: 'UsageRow' });

export const usageRoutes = {
  getUsage: {
    method: 'get',
    path: '/v1/usage',
    access: 'login',
    summary: 'My usage by day and key, newest first',
    query: usageQuery,
    answers: { 200: { description: 'A page of rows', schema: pageOf(usageRow) } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
