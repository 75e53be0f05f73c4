import * as z from 'zod';
import type { RouteContract } from '../route-contract.ts';
import { knownPassword } from './account-requests.ts';
import { consoleSessionAnswer, sessionAnswer, statusAnswer } from './accounts.ts';

const appCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'must be the six digits that the app shows')
  .describe('The six digits that the authenticator app shows. Each code works once')
  .meta({ examples: ['123456'] });

export const challengeBody = z.strictObject({
  session: z.string().min(1, 'must not be empty').max(8192).describe('The `session` of the challenge'),
  code: appCode,
});
export const authenticatorBody = z.strictObject({ password: knownPassword });
export const authenticatorCodeBody = z.strictObject({ password: knownPassword, code: appCode });

const refusals = [
  'invalid_credentials',
  'invalid_code',
  'too_many_attempts',
] as const satisfies RouteContract['errors'];
const ownRefusals = [
  'wrong_password',
  'invalid_code',
  'too_many_attempts',
  'provider_login_required',
] as const;
const onlyWhere = 'logIn.authenticator';

/** Codes of an authenticator app (TOTP), asked for after the password. */
export const authenticatorRoutes = {
  answerLoginChallenge: {
    method: 'post',
    path: '/v1/login/challenge',
    access: 'public',
    onlyWhere,
    summary: 'End a login with a code of the authenticator app',
    body: challengeBody,
    answers: { 200: { description: 'A session', schema: sessionAnswer } },
    errors: refusals,
  },
  answerSessionChallenge: {
    method: 'post',
    path: '/v1/session/challenge',
    access: 'public',
    onlyWhere,
    summary: 'End a login from a web page with a code of the authenticator app',
    body: challengeBody,
    answers: {
      200: {
        description: 'A login token; the cookie `daypass_session` is set',
        schema: consoleSessionAnswer,
      },
    },
    errors: [...refusals, 'cross_site_request'],
  },
  getAuthenticator: {
    method: 'get',
    path: '/v1/me/authenticator',
    access: 'login',
    onlyWhere,
    summary: 'Find out whether my logins need a code of an authenticator app',
    answers: {
      200: {
        description: 'Whether they do',
        schema: z.strictObject({ status: z.enum(['on', 'off']).describe('`on`: each login needs a code') }),
      },
    },
    errors: [],
  },
  setUpAuthenticator: {
    method: 'post',
    path: '/v1/me/authenticator',
    access: 'login',
    onlyWhere,
    summary: 'Get a secret for an authenticator app',
    body: authenticatorBody,
    answers: {
      200: {
        description: 'A new secret. It counts once a code of it is confirmed',
        schema: z.strictObject({
          secret: z.string().describe('To type into the app: base32, by RFC 6238 with its defaults'),
          uri: z.string().describe('The same as an `otpauth:` URI, for a QR code'),
        }),
      },
    },
    errors: ownRefusals,
  },
  confirmAuthenticator: {
    method: 'post',
    path: '/v1/me/authenticator/confirm',
    access: 'login',
    onlyWhere,
    summary: 'Turn codes on, with the first one',
    body: authenticatorCodeBody,
    answers: statusAnswer('on', 'Each login needs a code from now on'),
    errors: ownRefusals,
  },
  removeAuthenticator: {
    method: 'post',
    path: '/v1/me/authenticator/remove',
    access: 'login',
    onlyWhere,
    summary: 'Turn codes off',
    body: authenticatorCodeBody,
    answers: statusAnswer('off', 'A password is enough again'),
    errors: ownRefusals,
  },
} as const satisfies Record<string, RouteContract>;
