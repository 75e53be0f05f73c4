import { renewSession } from '../../../core/accounts/sessions.ts';
import { openSessions } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { requireOwnPage, requireSessionHeader } from '../../http/require-own-page.ts';
import { noSession, refreshTokenOf, sessionAnswer } from '../../http/session-cookie.ts';

const { directory, lifeSeconds } = openSessions();

/** POST /v1/session/refresh */
export const handler = jsonRoute({}, async ({ headers, cookies }) => {
  requireOwnPage(headers);
  requireSessionHeader(headers);
  const known = refreshTokenOf(cookies);
  const session = await renewSession(directory, known);
  if (session !== undefined) return sessionAnswer(session, lifeSeconds, known);
  throw noSession();
});
