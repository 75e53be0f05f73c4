import * as z from 'zod';
import type { RouteContract } from '../route-contract.ts';

/** Below it is everything that a browser does to log in with a provider. */
export const callbackPath = '/v1/login/callback';

/** Keeps what a login that has begun must find again in the same browser. */
export const loginCookieName = '__Host-daypass_login';

/**
 * Why the log-in screen was sent a browser back: the only words that are taken from its address.
 */
export const refusedLogins = [
  'provider_login_failed',
  'domain_not_allowed',
  'email_not_confirmed',
  'email_taken',
  'provider_login_required',
  'service_unavailable',
] as const;

export type RefusedLogin = (typeof refusedLogins)[number];

const redirect = z.strictObject({
  location: z.string().describe('Where the browser goes, as in the header'),
});

export const beginLoginQuery = z.strictObject({
  next: z
    .string()
    .max(2000)
    .optional()
    .describe('The console’s path to open afterwards; without it, the list of keys'),
});

/** What Cognito sends. Its errors have words of their own, and other parameters may follow: none is refused. */
export const callbackQuery = z.looseObject({
  code: z.string().max(4096).optional().describe('Cognito’s code, which works once'),
  state: z.string().max(512).optional().describe('Of the login that this browser has begun'),
  error: z.string().max(512).optional().describe('Why the provider or Cognito refused'),
  error_description: z.string().max(4096).optional().describe('The same in more words'),
});

export const federationRoutes = {
  beginProviderLogin: {
    method: 'get',
    path: '/v1/login/{provider}',
    access: 'public',
    onlyWhere: 'logIn.providers',
    summary: 'Log in with a provider, in a browser',
    pathParameters: { provider: 'The provider’s name in the settings' },
    query: beginLoginQuery,
    answers: {
      302: {
        description: 'To the provider. A cookie ties the login to this browser for ten minutes',
        schema: redirect,
        headers: { location: 'Cognito’s authorization endpoint' },
      },
    },
    errors: ['not_found'],
  },
  finishProviderLogin: {
    method: 'get',
    path: callbackPath,
    access: 'public',
    onlyWhere: 'logIn.providers',
    summary: 'End a login with a provider, in a browser',
    query: callbackQuery,
    answers: {
      302: {
        description:
          'To the console: the cookie of a session is set. If the login is refused, to the log-in screen, which says why',
        schema: redirect,
        headers: { location: 'A path of the console, or once more Cognito’s authorization endpoint' },
      },
    },
    errors: [],
  },
} as const satisfies Record<string, RouteContract>;
