import { GetAccountCommand, GetEmailIdentityCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import type { Settings } from '../../lib/settings.ts';
import { asked, fix, look, ok, type Seen } from './check.ts';

/** SES, if the settings send mail through it. */
export async function checkMail(ses: SESv2Client, mail: Settings['mail']): Promise<Seen[]> {
  if (mail === undefined)
    return [
      look(
        'mail',
        'codes go by Cognito’s own mail, 50 a day for the account; Daypass’s own mails are off',
        'Enough to try it out. For more, set mail.from and give the user pool SES: docs/operations.md#mail.',
      ),
    ];
  return asked('SES', 'ses:GetAccount and ses:GetEmailIdentity', async () => {
    const { ProductionAccessEnabled, SendingEnabled } = await ses.send(new GetAccountCommand({}));
    const sandbox = 'Ask for production access in SES; until then, mail reaches verified addresses only.';
    return [
      SendingEnabled === true
        ? ok('SES', 'sending is on')
        : fix('SES', 'sending is paused for this account', 'See the account’s reputation in SES.'),
      ProductionAccessEnabled === true
        ? ok('SES sandbox', 'the account has left it')
        : fix('SES sandbox', 'the account is in it', sandbox),
      await sender(ses, mail.from),
    ];
  });
}

/** By its own address, or by its domain. */
async function sender(ses: SESv2Client, from: string): Promise<Seen> {
  for (const EmailIdentity of [from, from.slice(from.indexOf('@') + 1)]) {
    try {
      const { VerifiedForSendingStatus } = await ses.send(new GetEmailIdentityCommand({ EmailIdentity }));
      if (VerifiedForSendingStatus === true) return ok('mail.from', `${EmailIdentity} is verified`);
    } catch (error) {
      if ((error as Error).name !== 'NotFoundException') throw error;
    }
  }
  return fix(
    'mail.from',
    `${from} is not verified in this Region`,
    'Verify the address or its domain in SES.',
  );
}
