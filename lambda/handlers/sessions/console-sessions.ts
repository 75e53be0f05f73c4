import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { recordUse } from '../../../core/accounts/session-records.ts';
import { endSession, ifStillThere, renewSession } from '../../../core/accounts/sessions.ts';
import { loginBody } from '../../../core/contract/accounts/account-requests.ts';
import type { sessionRoutes } from '../../../core/contract/accounts/sessions.ts';
import { openSessions } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { byRoute } from '../../http/by-route.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { beginSession } from '../../http/session/begin-session.ts';
import { requireOwnPage, requireSessionHeader } from '../../http/session/require-own-page.ts';
import {
  clearedCookie,
  noSession,
  refreshTokenOf,
  refreshTokensOf,
  sessionAnswer,
} from '../../http/session/session-cookie.ts';

const ports = openSessions();

type CookieRoutes = Pick<typeof sessionRoutes, 'createSession' | 'refreshSession' | 'endSession'>;

/** Sessions of the console, by their cookie */
export const handler = byRoute<CookieRoutes>({
  'POST /v1/session': jsonRoute({ body: loginBody }, async (request) => {
    const { body, headers, base } = request;
    requireOwnPage(headers);
    requirePasswordLogin(catalog.logIn, body.email, base.console);
    const login = await ports.directory.beginLogin(body.email, body.password);
    return 'challenge' in login ? { status: 200, body: login } : beginSession(ports, login, request);
  }),

  'POST /v1/session/refresh': jsonRoute({}, async ({ headers, cookies }) => {
    requireOwnPage(headers);
    requireSessionHeader(headers);
    const known = refreshTokenOf(cookies);
    const session = await renewSession(ports.directory, known);
    if (session === undefined) throw noSession();
    if (await recordUse(ports, session, headers['user-agent'])) return sessionAnswer(session, known);
    // Ended from another session, which didn't have this one's refresh token.
    await ifStillThere(session.refreshToken, ports.directory.endSession);
    throw noSession();
  }),

  'DELETE /v1/session': jsonRoute({}, async ({ headers, cookies }) => {
    requireOwnPage(headers);
    for (const refreshToken of refreshTokensOf(cookies)) await endSession(ports, refreshToken);
    return { status: 200, headers: { 'set-cookie': clearedCookie }, body: { status: 'logged_out' } };
  }),
});
