import { resetPassword } from '../../../core/accounts/new-password.ts';
import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { resetPasswordBody } from '../../../core/contract/accounts/account-requests.ts';
import { revokeAllKeys } from '../../../core/keys/revoke-all-keys.ts';
import { openWholeAccounts } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const accounts = openWholeAccounts();
const ports = { ...accounts, revokeAllKeys: (userId: string) => revokeAllKeys(accounts, userId) };

/** POST /v1/password/reset */
export const handler = jsonRoute({ body: resetPasswordBody }, async ({ body, base }) => {
  requirePasswordLogin(catalog.logIn, body.email, base.console);
  await resetPassword(ports, body);
  return { status: 200, body: { status: 'reset' } };
});
