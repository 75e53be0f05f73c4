import { beginLogin, challengeOf, isSameState } from '../../../core/accounts/begun-login.ts';
import { loginFailed, sessionOfCode } from '../../../core/accounts/provider-session.ts';
import { readAuthorizationError, refusedLoginOf } from '../../../core/accounts/refused-login.ts';
import {
  beginLoginQuery,
  callbackPath,
  callbackQuery,
  type federationRoutes,
  type RefusedLogin,
} from '../../../core/contract/accounts/federation.ts';
import { DaypassError } from '../../../core/errors.ts';
import { openProviderSessions } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import type { ApiAnswer, ApiRequest } from '../../http/api-request.ts';
import { byRoute } from '../../http/by-route.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { beginSession } from '../../http/session/begin-session.ts';
import { clearedLoginCookie, loginCookie, loginOf } from '../../http/session/login-cookie.ts';
import { describeCause, logger } from '../../log.ts';

const { loginUrl, ...ports } = openProviderSessions();

const begin = jsonRoute({ query: beginLoginQuery }, async ({ pathParameters, query, base }) => {
  const provider = catalog.logIn.providers.find(({ name }) => name === pathParameters.provider);
  if (provider === undefined) {
    throw new DaypassError('not_found', 'There is no such provider to log in with.', { param: 'provider' });
  }
  return toProvider(consoleOf(base), beginLogin(provider.name, query.next));
});

/** A browser waits here: whatever goes wrong, the log-in screen says it. */
const finish = jsonRoute({ query: callbackQuery }, async (request) => {
  const { query, cookies, base } = request;
  const origin = consoleOf(base);
  const login = loginOf(cookies);
  if (login === undefined || !isSameState(login.state, query.state)) return refused('provider_login_failed');
  if (query.error !== undefined || query.code === undefined) {
    const reason = readAuthorizationError(query.error_description);
    if (reason !== 'linked') return refused(reason);
    return login.again
      ? refused('provider_login_failed')
      : toProvider(origin, beginLogin(login.provider, login.next, true));
  }
  try {
    const begun = { ...login, redirectUri: origin + callbackPath };
    const session = await sessionOfCode(ports, catalog, begun, query.code);
    const { headers } = await beginSession(ports, session, request);
    const cookie = headers?.['set-cookie'] ?? '';
    return redirect(login.next, [cookie, clearedLoginCookie]);
  } catch (error) {
    logger.warn('provider login refused', { code: refusedLoginOf(error), cause: describeCause(error) });
    return refused(refusedLoginOf(error));
  }
});

function toProvider(origin: string, login: ReturnType<typeof beginLogin>): ApiAnswer {
  const search = new URLSearchParams({
    response_type: 'code',
    client_id: ports.clientId,
    redirect_uri: origin + callbackPath,
    scope: 'openid email',
    identity_provider: login.provider,
    state: login.state,
    nonce: login.nonce,
    code_challenge: challengeOf(login.verifier),
    code_challenge_method: 'S256',
  });
  return redirect(`${loginUrl}/oauth2/authorize?${search}`, [loginCookie(login)]);
}

function refused(reason: RefusedLogin): ApiAnswer {
  return redirect(`/sign-in?refused=${reason}`, [clearedLoginCookie]);
}

function redirect(location: string, cookies: readonly string[]): ApiAnswer {
  return {
    status: 302,
    headers: { location, 'referrer-policy': 'no-referrer' },
    multiValueHeaders: { 'set-cookie': cookies },
    body: { location },
  };
}

/** @throws DaypassError if the stage was called itself: cookies belong to the console's origin */
function consoleOf({ console }: ApiRequest['base']): string {
  if (console !== undefined) return console;
  throw loginFailed();
}

/** GET /v1/login/{provider} and GET /v1/login/callback */
export const handler = byRoute<typeof federationRoutes>({
  'GET /v1/login/{provider}': begin,
  'GET /v1/login/callback': finish,
});
