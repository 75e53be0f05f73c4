import * as z from 'zod';
import { consoleSessionAnswer, knownPassword, loginBody, newPassword, statusAnswer } from './accounts.ts';
import type { RouteContract } from './route-contract.ts';

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

export const sessionRoutes = {
  createSession: {
    method: 'post',
    path: sessionPath,
    access: 'public',
    summary: 'Log in on a page: the refresh token goes into a cookie',
    body: loginBody,
    answers: {
      200: { description: 'The token; the cookie `daypass_session` is set', schema: consoleSessionAnswer },
    },
    errors: ['invalid_credentials', 'email_not_confirmed', 'too_many_attempts', 'cross_site_request'],
  },
  refreshSession: {
    method: 'post',
    path: `${sessionPath}/refresh`,
    access: 'session',
    summary: 'Get a fresh token by the session cookie, as after a reload',
    headers: {
      [sessionHeader.name]: {
        description: 'Shows that a page of this origin calls',
        required: true,
        schema: z.literal(sessionHeader.value),
      },
    },
    answers: {
      200: {
        description: 'A token; the cookie is set anew when the refresh token was rotated',
        schema: consoleSessionAnswer,
      },
    },
    errors: ['session_expired', 'cross_site_request', 'too_many_attempts'],
  },
  endSession: {
    method: 'delete',
    path: sessionPath,
    access: 'session',
    summary: 'Log out on a page: ends the session and clears the cookie',
    answers: statusAnswer('logged_out', 'The same without a session, or with one that has ended'),
    errors: ['cross_site_request', 'too_many_attempts'],
  },
  endAllSessions: {
    method: 'delete',
    path: '/v1/me/sessions',
    access: 'login',
    summary: 'Log out everywhere',
    answers: statusAnswer('logged_out', 'No refresh token or login token of before works any more'),
    errors: ['too_many_attempts'],
  },
  changePassword: {
    method: 'post',
    path: '/v1/me/password',
    access: 'login',
    summary: 'Change my password; every session ends and a new one begins',
    body: changePasswordBody,
    answers: {
      200: { description: 'As of `POST /v1/session`, with its cookie', schema: consoleSessionAnswer },
    },
    errors: ['wrong_password', 'weak_password', 'too_many_attempts'],
  },
} as const satisfies Record<string, RouteContract>;
