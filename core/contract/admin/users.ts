import * as z from 'zod';
import { newEmail } from '../accounts/account-requests.ts';
import { shownLimits, windows } from '../api-keys.ts';
import { windowLimits } from '../key-requests.ts';
import { countQuery, isoTime, pageOf, type RouteContract } from '../route-contract.ts';
import { slowRouteSeconds } from '../route-time.ts';

/** Cognito's own page of users has at most 60. Its cursors are longer than ours. */
export const usersPage = {
  limit: countQuery(60).default(20).describe('Users on a page'),
  cursor: z
    .string()
    .max(4096)
    .optional()
    .describe('The `nextCursor` of the page before; without it, the first page'),
};
export const emailPrefix = z
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
        '`unconfirmed`: signed up, and the code has not been entered; `invited`: an admin invited the user, who has not made a call with a login yet; `waiting`: signed up, and no admin has approved it yet; `suspended`: no token and no key of the user works, also because the account was closed; `deleting`: the account is being deleted',
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
    authenticator: z
      .enum(['on', 'off'])
      .describe('`on`: the user’s logins by password need a code of an authenticator app'),
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
  email: newEmail,
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

const mail = z
  .enum(['queued', 'off', 'none'])
  .describe(
    'Whether the user is told by mail: `queued`: within minutes; `off`: no mail is sent, since the settings name no sender; `none`: there is nothing to tell',
  );

const userId = { id: 'The user’s id' };

export const adminUserRoutes = {
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
    answers: {
      200: {
        description: 'The changed user',
        schema: z.strictObject({ ...adminUserInFull.shape, mail }).meta({ title: 'ChangedUser' }),
      },
    },
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
        schema: z.strictObject({ status: z.literal('deleted'), mail }),
      },
    },
    errors: ['not_found'],
  },
  turnOffAuthenticator: {
    method: 'delete',
    path: '/v1/admin/users/{id}/authenticator',
    access: 'admin',
    timeoutSeconds: slowRouteSeconds,
    summary: 'Let a user who has lost their authenticator app log in with the password alone',
    pathParameters: userId,
    answers: {
      200: {
        description:
          'The user, whose sessions have all ended. The answer is the same if there was no app; the user is mailed if the settings name a sender',
        schema: adminUserInFull,
      },
    },
    errors: ['not_found'],
  },
} as const satisfies Record<string, RouteContract>;
