import type { accountRoutes } from '../accounts/accounts.ts';
import type { authenticatorRoutes } from '../accounts/authenticator.ts';
import type { federationRoutes } from '../accounts/federation.ts';
import type { feedbackRoutes } from '../feedback.ts';
import {
  at,
  code,
  email,
  password,
  plan,
  refreshToken,
  registration,
  token,
  userId,
} from './example-values.ts';
import type { RouteExample } from './route-example.ts';

const session = { token, refreshToken, expiresIn: 3600 };
const me = {
  id: userId,
  email,
  emailVerified: true,
  groups: [],
  status: 'active',
  endsAt: null,
  plans: [plan, '20-per-day', '30-per-day'],
  limits: {
    maxKeysPerPlan: { [plan]: 1, '20-per-day': 1, '30-per-day': 1 },
    allKeys: null,
    spend: [],
    windows: [],
  },
  billing: null,
  spendWarnings: null,
  createdAt: at,
};

/** Of a login that waits for a code of the authenticator app. */
const challenge = 'eyJlbWFpbCI6ImFkYUBleGFtcGxlLmNvbSJ9';
const challengeRefusals = {
  invalid_credentials: { message: 'This login has waited too long. Log in again.', param: 'session' },
  invalid_code: { message: 'This code is wrong, or was used already. Enter the next one.', param: 'code' },
} as const;
const ownPassword = {
  wrong_password: { message: 'This is not your password.', param: 'password' },
  invalid_code: challengeRefusals.invalid_code,
} as const;

export const accountExamples: Record<keyof typeof accountRoutes, RouteExample> = {
  register: {
    body: { email, password },
    answers: { 201: { status: 'confirmation_required', registration } },
  },
  confirmRegistration: { body: { email, code, registration }, answers: { 200: { status: 'confirmed' } } },
  resendCode: { body: { email }, answers: { 200: { status: 'sent' } } },
  login: { body: { email, password }, answers: { 200: session } },
  refreshLogin: { body: { refreshToken }, answers: { 200: session } },
  logout: {
    body: { refreshToken },
    answers: { 200: { status: 'logged_out' } },
    refusals: {
      invalid_request: { message: 'refreshToken must not be empty.', param: 'refreshToken' },
    },
  },
  forgotPassword: { body: { email }, answers: { 200: { status: 'sent' } } },
  resetPassword: { body: { email, code, password }, answers: { 200: { status: 'reset' } } },
  getMe: { answers: { 200: me } },
  updateMe: {
    body: { spendWarnings: false },
    answers: { 200: { ...me, spendWarnings: false } },
  },
  deleteMe: { answers: { 200: { status: 'deleted' } } },
};

export const authenticatorExamples: Record<keyof typeof authenticatorRoutes, RouteExample> = {
  answerLoginChallenge: {
    body: { session: challenge, code },
    answers: { 200: session },
    refusals: challengeRefusals,
  },
  answerSessionChallenge: {
    body: { session: challenge, code },
    answers: { 200: { token, expiresIn: 3600 } },
    refusals: challengeRefusals,
  },
  getAuthenticator: { answers: { 200: { status: 'on' } } },
  setUpAuthenticator: {
    body: { password },
    answers: {
      200: {
        secret: 'JBSWY3DPEHPK3PXP',
        uri: `otpauth://totp/Daypass:${email}?secret=JBSWY3DPEHPK3PXP&issuer=Daypass`,
      },
    },
    refusals: {
      ...ownPassword,
      invalid_code: { message: 'An authenticator app is set up already. Remove it first.' },
    },
  },
  confirmAuthenticator: {
    body: { password, code },
    answers: { 200: { status: 'on' } },
    refusals: ownPassword,
  },
  removeAuthenticator: {
    body: { password, code },
    answers: { 200: { status: 'off' } },
    refusals: ownPassword,
  },
};

export const federationExamples: Record<keyof typeof federationRoutes, RouteExample> = {
  beginProviderLogin: {
    parameters: { provider: 'okta', next: '/keys' },
    answers: { 302: { location: 'https://daypass.auth.us-east-1.amazoncognito.com/oauth2/authorize' } },
    refusals: {
      not_found: { message: 'There is no such provider to log in with.', param: 'provider' },
      invalid_request: { message: 'next must have at most 2000 characters.', param: 'next' },
    },
  },
  finishProviderLogin: {
    parameters: { code: 'c0de', state: 'st4te' },
    answers: { 302: { location: '/keys' } },
    refusals: {
      invalid_request: { message: 'state must have at most 512 characters.', param: 'state' },
    },
  },
};

export const feedbackExamples: Record<keyof typeof feedbackRoutes, RouteExample> = {
  sendFeedback: {
    body: { message: 'The new model is quick.', category: 'idea' },
    answers: { 202: { status: 'queued' } },
    refusals: {
      too_many_attempts: {
        message: 'You have written 5 times today. The next day begins at 2026-11-23T00:00:00.000Z.',
      },
    },
  },
};
