import { recordUse } from '../../../core/accounts/session-records.ts';
import { ifStillThere, renewSession } from '../../../core/accounts/sessions.ts';
import { openSessions } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { requireOwnPage, requireSessionHeader } from '../../http/require-own-page.ts';
import { noSession, refreshTokenOf, sessionAnswer } from '../../http/session-cookie.ts';

const ports = openSessions();

/** POST /v1/session/refresh */
export const handler = jsonRoute({}, async ({ headers, cookies }) => {
  requireOwnPage(headers);
  requireSessionHeader(headers);
  const known = refreshTokenOf(cookies);
  const session = await renewSession(ports.directory, known);
  if (session === undefined) throw noSession();
  if (await recordUse(ports, session, headers['user-agent']))
    return sessionAnswer(session, ports.lifeSeconds, known);
  // Ended from another session, which didn't have this one's refresh token.
  await ifStillThere(session.refreshToken, ports.directory.endSession);
  throw noSession();
});
