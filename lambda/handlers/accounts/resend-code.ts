import { takeCode } from '../../../core/accounts/codes-per-hour.ts';
import { emailBody } from '../../../core/contract/accounts/account-requests.ts';
import { openAccounts } from '../../account-ports.ts';
import { inEvenTime } from '../../http/even-time.ts';
import { jsonRoute } from '../../http/pipeline.ts';

const ports = openAccounts();

/** POST /v1/register/resend */
export const handler = jsonRoute({ body: emailBody }, async ({ body: { email } }) => {
  await inEvenTime(async () => {
    await takeCode(ports, email);
    await ports.directory.resendCode(email);
  });
  return { status: 200, body: { status: 'sent' } };
});
