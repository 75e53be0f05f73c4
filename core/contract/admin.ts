import * as z from 'zod';
import { actingAs, auditActions } from '../audit.ts';
import { email } from './account-requests.ts';
import { keyAnswer, shownLimits, windows } from './api-keys.ts';
import { windowLimits } from './key-requests.ts';
import { loggedRequest, requestsQuery } from './requests.ts';
import { countQuery, isoTime, pageOf, pageQuery, type RouteContract } from './route-contract.ts';
import { slowRouteSeconds } from './route-time.ts';
import { usageRow } from './usage.ts';

/** Cognito's own page of users has at most 60. Its cursors are longer than ours. */
const usersPage = {
  limit: countQuery(60).default(20).describe('Users on a page'),
  cursor: z
    .string()
    .max(4096)
    .optional()
    .describe('The `nextCursor` of the page before; without it, the first page'),
};
const emailPrefix = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(254, 'must have at most 254 characters')
  .transform((text) => text.toLowerCase())
  .optional()
  .describe('Only users whose e-mail address begins with this');

const userStatuses = ['active', 'unconfirmed', 'invited', 'waiting', 'suspended', 'deleting'] as const;

export const adminUsersQuery = z.strictObject({
  email: emailPrefix,
  status: z
    .enum(userStatuses)
    .optional()
    .describe(
      'Only users of this status. A page may then hold fewer than `limit`, even none, and still have a `nextCursor`',
    ),
  ...usersPage,
});

export const adminUser = z
  .strictObject({
    id: z.string().describe('The user’s id'),
    email: z.string().describe('The user’s e-mail address'),
    emailVerified: z.boolean().describe('Whether the address has been confirmed'),
    status: z
      .enum(userStatuses)
      .describe(
        '`unconfirmed`: signed up, and the code has not been entered; `invited`: has not logged in with the temporary password; `waiting`: signed up, and no admin has approved it yet; `suspended`: no token and no key of the user works, also because the account was closed; `deleting`: the account is being deleted',
      ),
    allowedPlans: z
      .array(z.string())
      .nullable()
      .describe(
        'The plans that an admin has allowed the user, in place of those of the settings; null: none are set',
      ),
    limits: shownLimits
      .nullable()
      .describe(
        'Limits that all keys of the user share, set by an admin, each in place of `limits.perUser` in the settings; null: none are set',
      ),
    endsAt: isoTime.nullable().describe('When the account ends (ISO 8601, UTC); null: never'),
    closedBecause: z
      .enum(['ended', 'dormant'])
      .nullable()
      .describe('Why a suspended account was closed by itself; null: it was not'),
    lastSeenAt: isoTime
      .nullable()
      .describe('When the user last made a call with a login (ISO 8601, UTC); null: unknown'),
    createdAt: isoTime.describe('When the account was created (ISO 8601, UTC)'),
  })
  .meta({ title: 'AdminUser' });

export const adminUserInFull = z
  .strictObject({
    ...adminUser.shape,
    groups: z.array(z.string()).describe('The user’s groups, such as `admins`'),
    plans: z
      .array(z.string())
      .describe('The plans that the user may pick now, by `allowedPlans` or else by the settings'),
    keys: z.int().describe('How many keys the user has that have not ended'),
    windows: windows.describe(
      'Every limit that all keys of the user share, those of the settings included, with its current window',
    ),
  })
  .meta({ title: 'AdminUserInFull' });

const endsAt = z.union(
  [z.iso.date(), z.iso.datetime()],
  'must be a day such as 2027-01-31, or a time such as 2027-01-31T10:00:00Z',
);

export const changeUserBody = z
  .strictObject({
    approved: z
      .literal(true, 'must be true, or be left out: suspend or delete whom you don’t approve')
      .optional()
      .describe('Lets a user in who waits for an admin (`signUp.approval` in the settings)'),
    suspended: z
      .boolean()
      .optional()
      .describe(
        '`true`: from the answer on, every call with a key or token of the user is refused; `false`: all of them work again',
      ),
    allowedPlans: z
      .array(z.string().min(1, 'must not be empty').max(100))
      .max(200)
      .nullable()
      .optional()
      .describe(
        'The plans that the user may pick, in place of those that the settings allow; `unlimited` may be among them; an empty list: none; null: those of the settings again. Keys on other plans stay',
      ),
    endsAt: endsAt
      .nullable()
      .describe('When the account ends: a time, or a day (UTC), at whose beginning it ends; null: never')
      .optional(),
    limits: z
      .strictObject(windowLimits)
      .refine(
        (limits) => Object.values(limits).some((limit) => limit !== undefined),
        'must name at least one limit',
      )
      .nullable()
      .optional()
      .describe(
        'Limits that all keys of the user share, in place of those set before; where one is left out, that of the settings applies. They hold from the answer on, for calls from then on. null: those of the settings alone',
      ),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'must change something')
  .refine(({ approved, suspended }) => approved === undefined || suspended === undefined, {
    error: 'must be left out beside suspended',
    path: ['approved'],
  });

export const inviteUserBody = z.strictObject({
  email,
  endsAt: endsAt
    .optional()
    .describe('When the account ends: a time, or a day (UTC), at whose beginning it ends; without it, never'),
});

/** From the operator's command only; no route of the API takes it. */
export const changeAdminBody = z.strictObject({
  userId: z.string().min(1, 'must not be empty').max(128),
  isAdmin: z.boolean(),
});

export const endSessionsBody = changeAdminBody.pick({ userId: true });

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
      'The first day (UTC), at most 30 days before `to`, or 399 with `userId`; default 29 days before',
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
  })
  .meta({ title: 'Health' });
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

const userId = { id: 'The user’s id' };

/** All are answered by one function, whose timeout is that of the slowest. */
export const adminRoutes = {
  listUsers: {
    method: 'get',
    path: '/v1/admin/users',
    access: 'admin',
    summary: 'List users, in the directory’s order',
    query: adminUsersQuery,
    answers: { 200: { description: 'A page of users', schema: pageOf(adminUser) } },
    errors: [],
  },
  inviteUser: {
    method: 'post',
    path: '/v1/admin/users',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Make an account for an address, and mail it a code to set the first password with',
    body: inviteUserBody,
    answers: { 201: { description: 'The new user', schema: adminUser } },
    errors: ['email_taken', 'too_many_attempts'],
  },
  getUser: {
    method: 'get',
    path: '/v1/admin/users/{id}',
    access: 'admin',
    summary: 'Get a user',
    pathParameters: userId,
    answers: { 200: { description: 'The user', schema: adminUserInFull } },
    errors: ['not_found'],
  },
  changeUser: {
    method: 'patch',
    path: '/v1/admin/users/{id}',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary:
      'Approve or suspend a user, or lift the suspension, and choose the plans that a user may pick and the limits of all their keys',
    pathParameters: userId,
    body: changeUserBody,
    answers: { 200: { description: 'The changed user', schema: adminUserInFull } },
    errors: ['not_found', 'unknown_plan'],
  },
  deleteUser: {
    method: 'delete',
    path: '/v1/admin/users/{id}',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Delete a user with their keys and usage',
    pathParameters: userId,
    answers: {
      200: {
        description: 'The account, its keys and its usage are gone',
        schema: z.strictObject({ status: z.literal('deleted') }),
      },
    },
    errors: ['not_found'],
  },
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
  getHealth: {
    method: 'get',
    path: '/v1/admin/health',
    access: 'admin',
    summary: 'Get what is used of the deployment’s ceilings, and the reconciler’s last pass',
    answers: { 200: { description: 'The deployment', schema: healthAnswer } },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
