import { type ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
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

/** The secrets that the settings name. */
export async function checkSecrets(secrets: SecretsManagerClient, settings: Settings): Promise<Seen[]> {
  const named = new Map<string, string>();
  for (const [name, { apiKey }] of Object.entries(settings.providers))
    if (typeof apiKey === 'object') named.set(apiKey.secret, `key of provider ${name}`);
  if (settings.billing !== undefined) {
    const { apiKey, webhookSecret } = settings.billing.stripe;
    named.set(apiKey.secret, 'key of Stripe').set(webhookSecret.secret, 'webhook secret of Stripe');
  }
  for (const provider of settings.logIn.providers)
    if ('clientSecret' in provider && typeof provider.clientSecret === 'object')
      named.set(provider.clientSecret.secret, `client secret of ${provider.name}`);
  const seen: Seen[] = [];
  for (const [SecretId, what] of named) {
    seen.push(
      ...(await asked(what, 'secretsmanager:DescribeSecret', async () => {
        try {
          await secrets.send(new DescribeSecretCommand({ SecretId }));
          return [ok(what, `${SecretId} is there`)];
        } catch (error) {
          if ((error as Error).name !== 'ResourceNotFoundException') throw error;
          return [
            fix(
              what,
              `there is no secret ${SecretId} in this Region`,
              `aws secretsmanager create-secret --name ${SecretId} --secret-string …`,
            ),
          ];
        }
      })),
    );
  }
  return seen;
}

/** @param acm in us-east-1, where CloudFront looks */
export async function checkCertificate(acm: ACMClient, domain: Settings['domain']): Promise<Seen[]> {
  if (domain === undefined) return [];
  const { name, certificateArn } = domain;
  return asked('certificate', 'acm:DescribeCertificate', async () => {
    const { Certificate } = await acm.send(
      new DescribeCertificateCommand({ CertificateArn: certificateArn }),
    );
    const names = [Certificate?.DomainName, ...(Certificate?.SubjectAlternativeNames ?? [])];
    const covers = names.some((each) => each === name || each === name.replace(/^[^.]+/, '*'));
    if (!covers)
      return [fix('certificate', `it is not for ${name}`, 'Request one for that name in us-east-1.')];
    return [
      Certificate?.Status === 'ISSUED'
        ? ok('certificate', `issued for ${name}`)
        : fix(
            'certificate',
            `its status is ${Certificate?.Status}`,
            'Confirm it by the DNS record that ACM names.',
          ),
    ];
  });
}
