import * as z from 'zod';
import { shownRequestLimits } from './api-keys.ts';
import { passwordNeeds } from './password-policy.ts';
import { isoTime, type RouteContract } from './route-contract.ts';

const email = z
  .email('must be an e-mail address')
  .max(254, 'must have at most 254 characters')
  .transform((address) => address.toLowerCase())
  .describe('E-mail address; case does not matter');
export const newPassword = z
  .string()
  .min(1, 'must not be empty')
  .max(256, 'must have at most 256 characters')
  .describe(passwordNeeds);
export const knownPassword = z
  .string()
  .min(1, 'must not be empty')
  .max(256, 'must have at most 256 characters');
const code = z.string().trim().min(1, 'must not be empty').max(2048).describe('The code sent by e-mail');
const refreshToken = z.string().min(1, 'must not be empty').max(8192);

export const registerBody = z.strictObject({ email, password: newPassword });
const registration = z.string().min(1, 'must not be empty').max(256, 'must have at most 256 characters');
export const confirmBody = z.strictObject({
  email,
  code,
  registration: registration
    .optional()
    .describe('As the sign-up answered it; needed once the address was signed up more than once'),
});
export const emailBody = z.strictObject({ email });
export const loginBody = z.strictObject({ email, password: knownPassword });
export const refreshBody = z.strictObject({ refreshToken });
export const logoutBody = z.strictObject({
  refreshToken: refreshToken.optional().describe('Ends this session only; without it all sessions end'),
});
export const resetPasswordBody = z.strictObject({
  email,
  code,
  password: newPassword,
  revokeKeys: z
    .boolean()
    .optional()
    .describe('Whether to revoke all API keys too, as when somebody else may have the old password'),
});

const login = {
  token: z.string().describe('Send it as `Authorization: Bearer`'),
  expiresIn: z.int().describe('Seconds until `token` ends'),
};
const session = { ...login, refreshToken: z.string() };
export const consoleSessionAnswer = z.strictObject(login).meta({ title: 'ConsoleSession' });
export const sessionAnswer = z.strictObject(session).meta({ title: 'Session' });

export const registerAnswer = z
  .union([
    z.strictObject({
      status: z.literal('confirmation_required'),
      registration: z.string().describe('Send it with the code: it proves that this sign-up is yours'),
    }),
    z.strictObject({ status: z.literal('confirmed'), ...session }),
  ])
  .meta({ title: 'Registration' });

export const meAnswer = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    groups: z.array(z.string()),
    status: z.enum(['active', 'suspended', 'deleting']),
    plans: z.array(z.string()).describe('Names of the plans this user may pick'),
    limits: z.strictObject({
      maxKeysPerPlan: z.record(z.string(), z.int()).describe('Active keys allowed, by plan'),
      allKeys: shownRequestLimits.describe('What all keys of a user may do together; null: not limited'),
    }),
    createdAt: isoTime,
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
    answers: { 201: { description: 'The same for an address that already exists', schema: registerAnswer } },
    errors: ['weak_password', 'domain_not_allowed', 'sign_up_closed', 'email_taken', 'too_many_attempts'],
  },
  confirmRegistration: {
    method: 'post',
    path: '/v1/register/confirm',
    access: 'public',
    summary: 'Confirm a sign-up with the code from the e-mail',
    body: confirmBody,
    answers: statusAnswer('confirmed', 'The user can log in'),
    errors: ['invalid_code', 'registration_changed', 'too_many_attempts'],
  },
  resendCode: {
    method: 'post',
    path: '/v1/register/resend',
    access: 'public',
    summary: 'Send the sign-up code again',
    body: emailBody,
    answers: statusAnswer('sent', 'The same for every address'),
    errors: ['too_many_attempts'],
  },
  login: {
    method: 'post',
    path: '/v1/login',
    access: 'public',
    summary: 'Log in',
    body: loginBody,
    answers: { 200: { description: 'A session', schema: sessionAnswer } },
    errors: ['invalid_credentials', 'email_not_confirmed', 'too_many_attempts'],
  },
  refreshLogin: {
    method: 'post',
    path: '/v1/login/refresh',
    access: 'public',
    summary: 'Get a fresh token',
    body: refreshBody,
    answers: { 200: { description: 'The session, renewed', schema: sessionAnswer } },
    errors: ['invalid_refresh_token', 'too_many_attempts'],
  },
  logout: {
    method: 'post',
    path: '/v1/logout',
    access: 'login',
    summary: 'Log out: one session, or all of them',
    body: logoutBody,
    bodyOptional: true,
    answers: statusAnswer(
      'logged_out',
      'Refresh tokens no longer work. With all sessions the login tokens end too; else a token in hand runs out within the hour',
    ),
    errors: ['invalid_refresh_token'],
  },
  forgotPassword: {
    method: 'post',
    path: '/v1/password/forgot',
    access: 'public',
    summary: 'Send a code to set a new password with',
    body: emailBody,
    answers: statusAnswer('sent', 'The same for every address'),
    errors: ['too_many_attempts'],
  },
  resetPassword: {
    method: 'post',
    path: '/v1/password/reset',
    access: 'public',
    summary: 'Set a new password with the code',
    body: resetPasswordBody,
    answers: statusAnswer('reset', 'Log in with the new password'),
    errors: ['invalid_code', 'weak_password', 'too_many_attempts'],
  },
  getMe: {
    method: 'get',
    path: '/v1/me',
    access: 'login',
    summary: 'Who am I',
    answers: { 200: { description: 'The user', schema: meAnswer } },
    errors: [],
  },
  deleteMe: {
    method: 'delete',
    path: '/v1/me',
    access: 'login',
    summary: 'Delete my account with its keys and usage',
    answers: statusAnswer('deleted', 'Nothing is left'),
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
