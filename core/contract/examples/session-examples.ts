import type { passkeyRoutes } from '../accounts/passkeys.ts';
import { sessionHeader, type sessionRoutes } from '../accounts/sessions.ts';
import { at, email, passkeyId, password, sessionId, token } from './example-values.ts';
import { refusalExamples } from './refusal-examples.ts';
import type { RouteExample } from './route-example.ts';

const consoleSession = { token, expiresIn: 3600 };
const parameters = { [sessionHeader.name]: sessionHeader.value };
const withoutHeader = {
  cross_site_request: {
    message: `Send the header ${sessionHeader.name}: ${sessionHeader.value}.`,
    param: sessionHeader.name,
  },
};

export const sessionExamples: Record<keyof typeof sessionRoutes, RouteExample> = {
  listSessions: {
    answers: {
      200: {
        data: [{ id: sessionId, createdAt: at, lastUsedAt: at, browser: 'Firefox on Linux', current: true }],
        nextCursor: null,
      },
    },
  },
  endOneSession: {
    parameters: { id: sessionId },
    answers: { 200: { status: 'ended' } },
    refusals: { not_found: { message: 'You have no such session.', param: 'id' } },
  },
  endAllSessions: { answers: { 200: { status: 'logged_out' } } },
  createSession: { body: { email, password }, answers: { 200: consoleSession } },
  refreshSession: { parameters, answers: { 200: consoleSession }, refusals: withoutHeader },
  endSession: { answers: { 200: { status: 'logged_out' } } },
  changePassword: {
    body: { currentPassword: password, newPassword: `${password}-anew` },
    answers: { 200: consoleSession },
    refusals: {
      weak_password: { ...refusalExamples.weak_password, param: 'newPassword' },
    },
  },
};

const credential = { id: passkeyId, rawId: passkeyId, type: 'public-key' } as const;
const clientDataJSON = 'eyJ0eXBlIjoid2ViYXV0aG4ifQ';

export const passkeyExamples: Record<keyof typeof passkeyRoutes, RouteExample> = {
  beginPasskeyLogin: {
    body: { email },
    answers: { 200: { session: 'AYABePassk3y', publicKey: { challenge: 'Q2hhbGxlbmdl' } } },
  },
  finishPasskeyLogin: {
    body: {
      session: 'AYABePassk3y',
      credential: {
        ...credential,
        response: { clientDataJSON, authenticatorData: 'SZYN5YgOjGh0', signature: 'MEUCIQDx' },
      },
    },
    answers: { 200: consoleSession },
    refusals: {
      invalid_credentials: {
        message:
          'This passkey was not accepted, or the login has waited too long. Try again, or log in with your password.',
      },
    },
  },
  listPasskeys: {
    parameters,
    answers: { 200: { data: [{ id: passkeyId, name: 'Passkey', kind: 'device', createdAt: at }] } },
    refusals: withoutHeader,
  },
  addPasskey: {
    parameters,
    body: { password },
    answers: { 200: { publicKey: { challenge: 'Q2hhbGxlbmdl' } } },
    refusals: {
      ...withoutHeader,
      wrong_password: { message: 'This is not your password.', param: 'password' },
    },
  },
  finishPasskey: {
    parameters,
    body: {
      credential: { ...credential, response: { clientDataJSON, attestationObject: 'o2NmbXRkbm9uZQ' } },
    },
    answers: { 200: { status: 'added' } },
    refusals: withoutHeader,
  },
  removePasskey: {
    parameters: { ...parameters, id: passkeyId },
    answers: { 200: { status: 'removed' } },
    refusals: { ...withoutHeader, not_found: { message: 'You have no such passkey.' } },
  },
};
