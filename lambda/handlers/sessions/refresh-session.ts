import { renewSession } from '../../../core/accounts/sessions.ts';
import { DaypassError } from '../../../core/errors.ts';
import { openSessions } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { requireOwnPage, requireSessionHeader } from '../../http/require-own-page.ts';
import { clearedCookie, refreshTokensOf, sessionAnswer } from '../../http/session-cookie.ts';

const { directory, lifeSeconds } = openSessions();

/** POST /v1/session/refresh */
export const handler = jsonRoute({}, async ({ headers, cookies }) => {
  requireOwnPage(headers);
  requireSessionHeader(headers);
  const [known, other] = refreshTokensOf(cookies);
  if (other !== undefined) {
    throw noSession('Two session cookies were sent. Delete the cookies of this site and log in again.');
  }
  const session = await renewSession(directory, known);
  if (session !== undefined) return sessionAnswer(session, lifeSeconds, known);
  throw noSession('There is no session, or it has ended. Log in again.');
});

function noSession(message: string): DaypassError {
  return new DaypassError('session_expired', message, { headers: { 'set-cookie': clearedCookie } });
}
