import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { loginBody } from '../../../core/contract/account-requests.ts';
import { openSessions } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { beginSession } from '../../http/begin-session.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { requireOwnPage } from '../../http/require-own-page.ts';

const ports = openSessions();

/** POST /v1/session */
export const handler = jsonRoute({ body: loginBody }, async (request) => {
  const { body, headers, base } = request;
  requireOwnPage(headers);
  requirePasswordLogin(catalog.logIn, body.email, base.console);
  const login = await ports.directory.beginLogin(body.email, body.password);
  return 'challenge' in login ? { status: 200, body: login } : beginSession(ports, login, request);
});
