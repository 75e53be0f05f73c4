import * as z from 'zod';
import { errorCodes } from '../errors.ts';
import { loggedMarks } from '../metering/call-log.ts';
import { countQuery, isoTime, pageOf, pageQuery, type RouteContract } from './route-contract.ts';

const timeOrDay = z.union(
  [z.iso.date(), z.iso.datetime()],
  'must be a date such as 2026-11-22, or a time such as 2026-11-22T10:05:00Z',
);

export const requestsQuery = z.strictObject({
  keyId: z.string().max(100).optional().describe('The id of a key, for its calls alone; default every key'),
  status: z
    .string()
    .regex(/^([245]\d\d|[245]xx)$/, 'must be a status such as 429, or 2xx, 4xx or 5xx')
    .optional()
    .describe('A status such as `429`, or a class of them: `2xx`, `4xx`, `5xx`'),
  model: z.string().max(100).optional().describe('The public name of a model, for its calls alone'),
  from: timeOrDay.optional().describe('A day (UTC) or a time; default: as far back as calls are kept'),
  to: timeOrDay.optional().describe('A day (UTC), the whole of it, or a time; default now'),
  ...pageQuery.shape,
  limit: countQuery(100).default(50).describe('Calls on a page, at most'),
});

export const loggedRequest = z
  .strictObject({
    time: isoTime.describe('When the call arrived; of several refusals, the first'),
    requestId: z.string().describe('As in the call’s `x-request-id`; of several refusals, the first'),
    keyId: z.string().describe('The key’s id'),
    keyName: z
      .string()
      .nullable()
      .describe('The key’s name; null: the key ended long ago, and its record has been deleted'),
    route: z.string().nullable().describe('The path that was called; null for calls of an older version'),
    model: z
      .string()
      .nullable()
      .describe('The model that answered or was asked; null: the call was refused before it was known'),
    status: z.int().describe('The status; of an answer that broke off after its 200, that of its code'),
    code: z
      .enum(Object.keys(errorCodes) as [keyof typeof errorCodes])
      .nullable()
      .describe('Why it was refused or failed; null: answered as a whole'),
    mark: z
      .enum(loggedMarks)
      .describe(
        '`metered`: charged, by the provider’s count; `estimated`: charged, by our estimate; `aborted`: the caller left, and what was used is charged; `refunded`: not charged after all; `refused`: never charged',
      ),
    firstTokenMs: z.int().nullable().describe('Until the first token; null: there was none'),
    totalMs: z.int().nullable().describe('Until the call ended; null if it was refused or refunded'),
    inputTokens: z.int().describe('Input tokens, without those read from the prompt cache'),
    outputTokens: z.int().describe('Output tokens'),
    cachedTokens: z.int().describe('Input tokens read from the prompt cache, not counted in `inputTokens`'),
    cost: z.number().describe('US dollars, by the prices of this deployment'),
    count: z
      .int()
      .describe('1 for a call. Refusals of a minute, for the same reason, are one entry: how many, at least'),
  })
  .meta({ title: 'LoggedRequest' });

export const requestRoutes = {
  listRequests: {
    method: 'get',
    path: '/v1/requests',
    access: 'login',
    summary: 'List my calls that have ended, refusals included, newest first',
    query: requestsQuery,
    answers: {
      200: {
        description:
          'A page of calls. With `keyId`, `status` or `model` it may hold fewer than `limit`, even none, and still have a `nextCursor`',
        schema: pageOf(loggedRequest),
      },
    },
    errors: ['not_found'],
  },
} as const satisfies Record<string, RouteContract>;
