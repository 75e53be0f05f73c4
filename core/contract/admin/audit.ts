import * as z from 'zod';
import { actingAs, auditActions } from '../../audit.ts';
import { countQuery, isoTime, pageOf, pageQuery, type RouteContract } from '../route-contract.ts';
import { slowRouteSeconds } from '../route-time.ts';

const day = z.iso.date('must be a date such as 2026-11-22');
export const auditQuery = z.strictObject({
  from: day
    .optional()
    .describe(
      'The first day (UTC), at most 30 days before `to` unless `actor` or `subject` is given; default 29 days before',
    ),
  to: day.optional().describe('The last day (UTC); default today'),
  actor: z.string().max(128).optional().describe('Only what this user did, by id'),
  subject: z.string().max(128).optional().describe('Only what was done to this user or their keys, by id'),
  ...pageQuery.shape,
  limit: countQuery(1000).default(100).describe('Events on a page'),
});
export const auditEvent = z
  .strictObject({
    id: z.string().describe('The event’s id, `evt_…`'),
    at: isoTime.describe('When it was done (ISO 8601, UTC)'),
    action: z.enum(auditActions).describe('What was done'),
    actor: z
      .strictObject({
        as: z
          .enum(actingAs)
          .describe(
            '`operator`: by the command; `anonymous`: without a login, such as by a code; `system`: by the reconciler',
          ),
        id: z
          .string()
          .nullable()
          .describe('The user’s id; of an operator, what they call themselves; null: none is known'),
        email: z
          .string()
          .nullable()
          .describe('The user’s address now; null: unknown, or the account is gone'),
      })
      .describe('Who did it'),
    subject: z
      .strictObject({
        userId: z.string().describe('The user’s id'),
        email: z
          .string()
          .nullable()
          .describe('The user’s address now; null: unknown, or the account is gone'),
        keyId: z.string().nullable().describe('The key’s id; null: it was not about a key'),
      })
      .describe('To whom it was done'),
    detail: z
      .record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]))
      .describe('What it was changed to, such as `plan`'),
    address: z.string().nullable().describe('The IP address it was done from; null: no call'),
    requestId: z.string().nullable().describe('The `x-request-id` of the call; null: no call'),
  })
  .meta({ title: 'AuditEvent' });

export const auditRoutes = {
  getAudit: {
    method: 'get',
    path: '/v1/admin/audit',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Get the audit trail, newest first',
    query: auditQuery,
    answers: { 200: { description: 'A page of events', schema: pageOf(auditEvent) } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
