import { changePassword } from '../../../core/accounts/new-password.ts';
import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { changePasswordBody } from '../../../core/contract/sessions.ts';
import { openNewSessions } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { sessionAnswer } from '../../http/session-cookie.ts';
import { userRoute } from '../../http/user-route.ts';

const ports = openNewSessions();

/** POST /v1/me/password */
export const handler = userRoute(ports.ends, { body: changePasswordBody }, async ({ body, base }, caller) => {
  requirePasswordLogin(catalog.logIn, caller.email, base.console);
  return sessionAnswer(await changePassword(ports, caller, body), ports.lifeSeconds);
});
