import * as z from 'zod';
import { keyAnswer } from '../api-keys.ts';
import { loggedRequest, requestsQuery } from '../requests.ts';
import { countQuery, pageOf, pageQuery, type RouteContract } from '../route-contract.ts';
import { slowRouteSeconds } from '../route-time.ts';
import { usageRow } from '../usage.ts';
import { defaultUsageDays, usageDays } from '../usage-days.ts';
import { emailPrefix, usersPage } from './users.ts';

export const adminKeysQuery = z.strictObject({
  userId: z
    .string()
    .max(128)
    .optional()
    .describe('Keys of this user, ended ones too; without it, keys of all users that have not ended'),
  ...pageQuery.shape,
});
export const adminKey = z
  .strictObject({
    ...keyAnswer.shape,
    userId: z.string().describe('The id of the key’s user'),
    userEmail: z
      .string()
      .nullable()
      .describe('The user’s e-mail address; null: unknown, or the account is gone'),
  })
  .meta({ title: 'AdminApiKey' });

const day = z.iso.date('must be a date such as 2026-11-22');
export const adminUsageQuery = z.strictObject({
  from: day
    .optional()
    .describe(
      `The first day (UTC), at most 30 days before \`to\`, or ${usageDays - 1} with \`userId\`; default ${defaultUsageDays - 1} days before`,
    ),
  to: day.optional().describe('The last day (UTC); default today'),
  userId: z.string().max(128).optional().describe('Usage of this user alone'),
  email: emailPrefix,
  limit: countQuery(60)
    .default(20)
    .describe('Users whose usage is on a page; users without usage have no rows'),
  cursor: usersPage.cursor,
});
const { keyId: _id, keyName: _name, ...amounts } = usageRow.shape;
export const adminUsageRow = z
  .strictObject({
    userId: z.string().describe('The user’s id'),
    email: z.string().nullable().describe('The user’s e-mail address; null: the account is gone'),
    ...amounts,
  })
  .meta({ title: 'AdminUsageRow' });

export const adminRequestsQuery = z.strictObject({
  userId: z.string().max(128).optional().describe('Calls of this user alone; default all users'),
  ...requestsQuery.shape,
});
export const adminRequest = z
  .strictObject({
    userId: z.string().describe('The user’s id'),
    email: z.string().nullable().describe('The user’s address; null: the account is gone'),
    ...loggedRequest.shape,
  })
  .meta({ title: 'AdminRequest' });

export const adminKeyAndUsageRoutes = {
  listAllApiKeys: {
    method: 'get',
    path: '/v1/admin/api-keys',
    access: 'admin',
    summary: 'List the keys of a user, newest first, or all keys that have not ended',
    query: adminKeysQuery,
    answers: { 200: { description: 'A page of keys', schema: pageOf(adminKey) } },
    errors: [],
  },
  revokeAnyApiKey: {
    method: 'delete',
    path: '/v1/admin/api-keys/{id}',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Revoke a key of any user',
    pathParameters: { id: 'The key’s id, `key_…`' },
    answers: {
      200: { description: 'The revoked key. From now on, no call with it succeeds', schema: adminKey },
    },
    errors: ['not_found'],
  },
  getAllUsage: {
    method: 'get',
    path: '/v1/admin/usage',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Get usage by user and day',
    query: adminUsageQuery,
    answers: {
      200: {
        description: 'The usage of a page of users, newest day first for each',
        schema: pageOf(adminUsageRow),
      },
    },
    errors: ['not_found'],
  },
  listAllRequests: {
    method: 'get',
    path: '/v1/admin/requests',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary: 'List the calls of all users that have ended, refusals included, newest first',
    query: adminRequestsQuery,
    answers: {
      200: {
        description:
          'A page of calls. It may hold fewer than `limit`, even none, and still have a `nextCursor`. Without `userId`, the newest may take a second to be there',
        schema: pageOf(adminRequest),
      },
    },
    errors: ['not_found'],
  },
} as const satisfies Record<string, RouteContract>;
