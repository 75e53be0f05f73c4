import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { register } from '../../../core/accounts/register.ts';
import { registerBody } from '../../../core/contract/accounts/account-requests.ts';
import { openAccounts } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { inEvenTime } from '../../http/even-time.ts';
import { jsonRoute } from '../../http/pipeline.ts';
import { logSignUp } from '../../metrics.ts';

const ports = openAccounts();

/** POST /v1/register */
export const handler = jsonRoute({ body: registerBody }, async ({ body, base }) => {
  requirePasswordLogin(catalog.logIn, body.email, base.console);
  const answer = await inEvenTime(() => register(ports, catalog.signUp, body));
  logSignUp();
  return { status: 201, body: answer };
});
