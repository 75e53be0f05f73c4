import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { loginBody } from '../../../core/contract/accounts/account-requests.ts';
import { openDirectory } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const directory = openDirectory();

/** POST /v1/login */
export const handler = jsonRoute({ body: loginBody }, async ({ body, base }) => {
  requirePasswordLogin(catalog.logIn, body.email, base.console);
  return { status: 200, body: await directory.beginLogin(body.email, body.password) };
});
