import { resetPassword } from '../../../core/accounts/new-password.ts';
import { resetPasswordBody } from '../../../core/contract/account-requests.ts';
import { revokeAllKeys } from '../../../core/keys/revoke-all-keys.ts';
import { openWholeAccounts } from '../../account-ports.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const accounts = openWholeAccounts();
const ports = { ...accounts, revokeAllKeys: (userId: string) => revokeAllKeys(accounts, userId) };

/** POST /v1/password/reset */
export const handler = jsonRoute({ body: resetPasswordBody }, async ({ body }) => {
  await resetPassword(ports, body);
  return { status: 200, body: { status: 'reset' } };
});
