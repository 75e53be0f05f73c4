import type { RouteContract } from '../../../core/contract/route-contract.ts';
import { routes } from '../../../core/contract/routes.ts';

/**
 * API Gateway lets every call through to these routes. A route that opens must be seen here, in the diff, by whoever
 * reviews it. All others need a login token or a key before a function runs: test/lib/template-api.test.ts.
 */
test('these routes are public, and no others', () => {
  const open = (fits: (route: RouteContract) => unknown) =>
    Object.values<RouteContract>(routes)
      .filter(fits)
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
      .sort();
  expect({
    'to anyone': open(({ access }) => access === 'public'),
    'to a session cookie, which the function checks': open(({ access }) => access === 'session'),
    'to a key, which the function checks': open(({ access, unmetered }) => access === 'key' && unmetered),
  }).toEqual({
    'to anyone': [
      'DELETE /v1/secrets/{id}',
      'GET /v1/login/callback',
      'GET /v1/login/{provider}',
      'GET /v1/models',
      'GET /v1/models/{id}',
      'GET /v1/openapi.json',
      'GET /v1/plans',
      'GET /v1/secrets/{id}',
      'GET /v1/secrets/{id}/receipt',
      'POST /v1/billing/webhook',
      'POST /v1/login',
      'POST /v1/login/challenge',
      'POST /v1/login/refresh',
      'POST /v1/password/forgot',
      'POST /v1/password/reset',
      'POST /v1/register',
      'POST /v1/register/confirm',
      'POST /v1/register/resend',
      'POST /v1/secrets',
      'POST /v1/secrets/{id}/reveal',
      'POST /v1/session',
      'POST /v1/session/challenge',
      'POST /v1/session/passkey',
      'POST /v1/session/passkey/finish',
    ],
    'to a session cookie, which the function checks': [
      'DELETE /v1/session',
      'DELETE /v1/session/passkeys/{id}',
      'GET /v1/session/passkeys',
      'POST /v1/session/passkeys',
      'POST /v1/session/passkeys/finish',
      'POST /v1/session/refresh',
    ],
    'to a key, which the function checks': ['GET /v1/api-key', 'POST /v1/messages/count_tokens'],
  });
});
