import { takeCode } from '../../../core/accounts/codes-per-hour.ts';
import { requirePasswordLogin } from '../../../core/accounts/provider-login.ts';
import { emailBody } from '../../../core/contract/accounts/account-requests.ts';
import { openAccounts } from '../../account-ports.ts';
import { catalog } from '../../catalog.ts';
import { inEvenTime } from '../../http/even-time.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const ports = openAccounts();

/** POST /v1/password/forgot */
export const handler = jsonRoute({ body: emailBody }, async ({ body: { email }, base }) => {
  requirePasswordLogin(catalog.logIn, email, base.console);
  await inEvenTime(async () => {
    await takeCode(ports, email);
    await ports.directory.forgotPassword(email);
  });
  return { status: 200, body: { status: 'sent' } };
});
