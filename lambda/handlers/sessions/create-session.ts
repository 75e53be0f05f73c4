import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { loginBody } from '../../../core/contract/account-requests.ts';
import { openSessions } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { requireOwnPage } from '../../http/require-own-page.ts';
import { sessionAnswer } from '../../http/session-cookie.ts';

const { directory, lifeSeconds } = openSessions();

/** POST /v1/session */
export const handler = jsonRoute({ body: loginBody }, async ({ body, headers, base }) => {
  requireOwnPage(headers);
  requirePasswordLogin(catalog.logIn, body.email, base.console);
  const login = await directory.beginLogin(body.email, body.password);
  return 'challenge' in login ? { status: 200, body: login } : sessionAnswer(login, lifeSeconds);
});
