import { endAllSessions } from '../../../core/accounts/sessions.ts';
import { openAccounts } from '../../account-ports.ts';
import { clearedCookie } from '../../http/session-cookie.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openAccounts();

/** DELETE /v1/me/sessions */
export const handler = userRoute(ports.ends, { allowSuspended: true }, async (_request, { userId }) => {
  await endAllSessions(ports, userId);
  return { status: 200, headers: { 'set-cookie': clearedCookie }, body: { status: 'logged_out' } };
});
