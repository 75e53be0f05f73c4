import * as z from 'zod';
import { isoTime, pageOf, type RouteContract } from '../route-contract.ts';
import { knownPassword, loginBody, newPassword } from './account-requests.ts';
import { consoleLoginAnswer, consoleSessionAnswer, statusAnswer } from './accounts.ts';

/**
 * Sessions of the console. The refresh token is in a cookie that no script can read and that goes to these paths
 * only, so a page keeps nothing but the short-lived token, in memory.
 */
export const sessionCookieName = 'daypass_session';
export const sessionPath = '/v1/session';

/** A form, image or link can't send it, and a page of another origin can't send it with a cookie. */
export const sessionHeader = { name: 'x-daypass-session', value: 'refresh' } as const;

export const changePasswordBody = z
  .strictObject({ currentPassword: knownPassword, newPassword })
  .refine((body) => body.newPassword !== body.currentPassword, {
    path: ['newPassword'],
    message: 'must not be the current password',
  });

const session = z
  .strictObject({
    id: z.string().describe('The session’s id, `ses_…`'),
    createdAt: isoTime.describe('When the user logged in (ISO 8601, UTC)'),
    lastUsedAt: isoTime.describe('When the session was last used, to the day (ISO 8601, UTC)'),
    browser: z
      .string()
      .nullable()
      .describe('Browser and system, such as `Firefox on Linux`; null: not one that is known'),
    current: z.boolean().describe('Whether it is the session that asks'),
  })
  .meta({ title: 'OwnSession' });

/** What users do with their sessions by a login token. */
export const ownSessionRoutes = {
  listSessions: {
    method: 'get',
    path: '/v1/me/sessions',
    access: 'login',
    summary: 'List my sessions of the console, the one used last first',
    answers: { 200: { description: 'Every session, on one page', schema: pageOf(session) } },
    errors: [],
  },
  endOneSession: {
    method: 'delete',
    path: '/v1/me/sessions/{id}',
    access: 'login',
    summary: 'End one of my sessions',
    pathParameters: { id: 'The session’s id, `ses_…`' },
    answers: statusAnswer(
      'ended',
      'Its login tokens have stopped working, and it is not renewed. The answer is the same if it had ended',
    ),
    errors: ['not_found', 'too_many_attempts'],
  },
  endAllSessions: {
    method: 'delete',
    path: '/v1/me/sessions',
    access: 'login',
    summary: 'End every session',
    answers: statusAnswer(
      'logged_out',
      'Every refresh token and login token issued until now has stopped working',
    ),
    errors: ['too_many_attempts'],
  },
} as const satisfies Record<string, RouteContract>;

export const sessionRoutes = {
  ...ownSessionRoutes,
  createSession: {
    method: 'post',
    path: sessionPath,
    access: 'public',
    summary: 'Log in from a web page, with the refresh token in a cookie',
    body: loginBody,
    answers: {
      200: {
        description:
          'A login token, and the cookie `daypass_session` is set; or a challenge for `POST /v1/session/challenge`',
        schema: consoleLoginAnswer,
      },
    },
    errors: [
      'invalid_credentials',
      'email_not_confirmed',
      'provider_login_required',
      'too_many_attempts',
      'cross_site_request',
    ],
  },
  refreshSession: {
    method: 'post',
    path: `${sessionPath}/refresh`,
    access: 'session',
    summary: 'Get a new login token by the session cookie',
    headers: {
      [sessionHeader.name]: {
        description: 'Shows that the call comes from a page of this origin',
        required: true,
        schema: z.literal(sessionHeader.value),
      },
    },
    answers: {
      200: {
        description: 'A login token; the cookie is set again if the refresh token has changed',
        schema: consoleSessionAnswer,
      },
    },
    errors: ['session_expired', 'cross_site_request', 'too_many_attempts'],
  },
  endSession: {
    method: 'delete',
    path: sessionPath,
    access: 'session',
    summary: 'End the session of a web page and clear its cookie',
    answers: statusAnswer('logged_out', 'The session has ended. The answer is the same if there was none'),
    errors: ['cross_site_request', 'too_many_attempts'],
  },
  changePassword: {
    method: 'post',
    path: '/v1/me/password',
    access: 'login',
    summary: 'Change my password',
    body: changePasswordBody,
    answers: {
      200: {
        description: 'A login token of a new session, whose cookie is set; every other session has ended',
        schema: consoleSessionAnswer,
      },
    },
    errors: ['wrong_password', 'weak_password', 'provider_login_required', 'too_many_attempts'],
  },
} as const satisfies Record<string, RouteContract>;
