import * as z from 'zod';
import { shownRequestLimits, windows } from '../api-keys.ts';
import { isoTime, type RouteContract } from '../route-contract.ts';
import { warningStepWords } from '../warning-steps.ts';
import {
  confirmBody,
  emailBody,
  loginBody,
  logoutBody,
  meBody,
  refreshBody,
  registerBody,
  resetPasswordBody,
} from './account-requests.ts';

const login = {
  token: z.string().describe('The login token: send it as `Authorization: Bearer`'),
  expiresIn: z.int().describe('Seconds until `token` expires'),
};
const session = {
  ...login,
  refreshToken: z.string().describe('Gets a new token from `POST /v1/login/refresh`'),
};
export const consoleSessionAnswer = z.strictObject(login).meta({ title: 'ConsoleSession' });
export const sessionAnswer = z.strictObject(session).meta({ title: 'Session' });

/** After the password, where the user has set up an authenticator app. */
const challenge = z
  .strictObject({
    challenge: z.literal('authenticator').describe('A code of the authenticator app is asked for'),
    session: z.string().describe('Send it with the code within three minutes'),
  })
  .meta({ title: 'LoginChallenge' });
export const loginAnswer = z.union([sessionAnswer, challenge]);
export const consoleLoginAnswer = z.union([consoleSessionAnswer, challenge]);

export const registerAnswer = z
  .union([
    z.strictObject({
      status: z.literal('confirmation_required'),
      registration: z.string().describe('Send it with the code to prove that this sign-up is yours'),
    }),
    z.strictObject({ status: z.literal('confirmed'), ...session }),
  ])
  .meta({ title: 'Registration' });

const billing = z.strictObject({
  hasCustomer: z.boolean().describe('Whether `POST /v1/billing/portal` has something to show'),
  subscriptions: z
    .array(
      z.strictObject({
        plan: z.string().nullable().describe('The plan it pays for; null: none that there still is'),
        status: z
          .enum(['active', 'trialing', 'past_due', 'unpaid', 'paused', 'incomplete'])
          .describe(
            'By Stripe’s words. The plan is allowed while it is `active` or `trialing`, and `past_due` until `graceEndsAt`',
          ),
        periodEndsAt: isoTime.describe('When it is paid for again, or ends (ISO 8601, UTC)'),
        endsAt: isoTime.nullable().describe('When it ends, since it was cancelled; null: it goes on'),
        graceEndsAt: isoTime
          .nullable()
          .describe('Until when the plan stays allowed although a payment is past due; null: none is'),
      }),
    )
    .describe('Those that have not ended; usually one at most'),
});

export const meAnswer = z
  .strictObject({
    id: z.string().describe('The user’s id'),
    email: z.string().describe('The user’s e-mail address, in lower case'),
    emailVerified: z.boolean().describe('Whether the address has been confirmed'),
    groups: z.array(z.string()).describe('The user’s groups, such as `admins`'),
    status: z
      .enum(['active', 'waiting', 'suspended', 'deleting'])
      .describe(
        '`waiting`: an admin has not approved the account yet, and until then every other call is refused; `suspended`: no key can be created, changed or used; `deleting`: the account is being deleted',
      ),
    endsAt: isoTime.nullable().describe('When the account ends (ISO 8601, UTC); null: never'),
    plans: z
      .array(z.string())
      .describe('Names of the plans that this user may pick; of admins, `unlimited` too'),
    limits: z.strictObject({
      maxKeysPerPlan: z
        .record(z.string(), z.int())
        .describe('How many active keys the user may hold, by plan'),
      allKeys: shownRequestLimits.describe('Limits that all keys of the user share; null: none'),
      spend: z
        .array(
          z.strictObject({
            window: z.enum(['day', 'month']).describe('How long the window lasts'),
            limit: z.number().describe('US dollars that all keys of the user may spend in it'),
            used: z.number().describe('What calls that have ended have cost'),
            remaining: z
              .number()
              .describe('What is left, never below 0; calls in progress may still cost more'),
            resetsAt: isoTime.describe('When the next window begins (ISO 8601, UTC)'),
          }),
        )
        .describe('Limits in dollars that all keys of the user share; empty: none'),
      windows: windows.describe(
        'Every limit that all keys of the user share, with its current window; empty: none',
      ),
    }),
    billing: billing.nullable().describe('What the user pays for; null: nothing is sold here'),
    spendWarnings: z
      .boolean()
      .nullable()
      .describe(
        `Whether warnings at ${warningStepWords} of a limit in dollars come by mail; null: this deployment sends no mail`,
      ),
    createdAt: isoTime.describe('When the account was created (ISO 8601, UTC)'),
  })
  .meta({ title: 'Me' });

export function statusAnswer(status: string, description: string): RouteContract['answers'] {
  return { 200: { description, schema: z.strictObject({ status: z.literal(status) }) } };
}

export const accountRoutes = {
  register: {
    method: 'post',
    path: '/v1/register',
    access: 'public',
    summary: 'Sign up',
    body: registerBody,
    answers: {
      201: {
        description:
          'The sign-up has begun. The answer is the same for an address that already has an account, unless confirmation is off',
        schema: registerAnswer,
      },
    },
    errors: [
      'weak_password',
      'domain_not_allowed',
      'provider_login_required',
      'sign_up_closed',
      'email_taken',
      'too_many_attempts',
    ],
  },
  confirmRegistration: {
    method: 'post',
    path: '/v1/register/confirm',
    access: 'public',
    summary: 'Confirm a sign-up with its code',
    body: confirmBody,
    answers: statusAnswer('confirmed', 'The address is confirmed; the user can log in'),
    errors: ['invalid_code', 'registration_changed', 'too_many_attempts'],
  },
  resendCode: {
    method: 'post',
    path: '/v1/register/resend',
    access: 'public',
    summary: 'Send the sign-up code again',
    body: emailBody,
    answers: statusAnswer(
      'sent',
      'A code is on its way if the address awaits one; the answer is the same for every address',
    ),
    errors: ['too_many_attempts'],
  },
  login: {
    method: 'post',
    path: '/v1/login',
    access: 'public',
    summary: 'Log in',
    body: loginBody,
    answers: {
      200: {
        description: 'A session, or a challenge for `POST /v1/login/challenge`',
        schema: loginAnswer,
      },
    },
    errors: ['invalid_credentials', 'email_not_confirmed', 'provider_login_required', 'too_many_attempts'],
  },
  refreshLogin: {
    method: 'post',
    path: '/v1/login/refresh',
    access: 'public',
    summary: 'Get a new login token',
    body: refreshBody,
    answers: { 200: { description: 'The renewed session', schema: sessionAnswer } },
    errors: ['invalid_refresh_token', 'too_many_attempts'],
  },
  logout: {
    method: 'post',
    path: '/v1/logout',
    access: 'login',
    summary: 'End one session, or every session',
    body: logoutBody,
    bodyOptional: true,
    answers: statusAnswer(
      'logged_out',
      'The refresh tokens no longer work. Login tokens stop too when every session ends; otherwise a login token lasts until it expires, at most an hour',
    ),
    errors: ['invalid_refresh_token'],
  },
  forgotPassword: {
    method: 'post',
    path: '/v1/password/forgot',
    access: 'public',
    summary: 'Request a code to reset a password',
    body: emailBody,
    answers: statusAnswer(
      'sent',
      'A code is on its way if the address has an account; the answer is the same for every address',
    ),
    errors: ['provider_login_required', 'too_many_attempts'],
  },
  resetPassword: {
    method: 'post',
    path: '/v1/password/reset',
    access: 'public',
    summary: 'Reset a password with the code',
    body: resetPasswordBody,
    answers: statusAnswer('reset', 'The new password is set; log in with it'),
    errors: ['invalid_code', 'weak_password', 'provider_login_required', 'too_many_attempts'],
  },
  getMe: {
    method: 'get',
    path: '/v1/me',
    access: 'login',
    summary: 'Get my profile, plans and limits',
    answers: { 200: { description: 'The user', schema: meAnswer } },
    errors: [],
  },
  updateMe: {
    method: 'patch',
    path: '/v1/me',
    access: 'login',
    summary: 'Turn mails on or off',
    body: meBody,
    answers: { 200: { description: 'The user', schema: meAnswer } },
    errors: [],
  },
  deleteMe: {
    method: 'delete',
    path: '/v1/me',
    access: 'login',
    summary: 'Delete my account, its keys and its usage',
    answers: statusAnswer('deleted', 'The account, its keys and its usage are gone'),
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
