import { changePassword } from '../../../core/accounts/new-password.ts';
import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { changePasswordBody } from '../../../core/contract/accounts/sessions.ts';
import { openNewSessions } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { beginSession } from '../../http/session/begin-session.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openNewSessions();

/** POST /v1/me/password */
export const handler = userRoute(ports.ends, { body: changePasswordBody }, async (request, caller) => {
  requirePasswordLogin(catalog.logIn, caller.email, request.base.console);
  return beginSession(ports, await changePassword(ports, caller, request.body), request);
});
