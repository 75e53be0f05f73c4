import { endAllSessions } from '../../../core/accounts/sessions.ts';
import { logoutBody } from '../../../core/contract/accounts/account-requests.ts';
import { openAccounts } from '../../account-ports.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openAccounts();

/** POST /v1/logout */
export const handler = userRoute(
  ports.ends,
  { body: logoutBody, bodyOptional: true, allowSuspended: true },
  async ({ body }, { userId }) => {
    if (body.refreshToken === undefined) await endAllSessions(ports, userId);
    else await ports.directory.endSession(body.refreshToken);
    return { status: 200, body: { status: 'logged_out' } };
  },
);
