import { endSession } from '../../../core/accounts/sessions.ts';
import { openSessions } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { requireOwnPage } from '../../http/require-own-page.ts';
import { clearedCookie, refreshTokensOf } from '../../http/session-cookie.ts';

const ports = openSessions();

/** DELETE /v1/session */
export const handler = jsonRoute({}, async ({ headers, cookies }) => {
  requireOwnPage(headers);
  for (const refreshToken of refreshTokensOf(cookies)) await endSession(ports, refreshToken);
  return { status: 200, headers: { 'set-cookie': clearedCookie }, body: { status: 'logged_out' } };
});
