import { type Mailer, MailNotSent } from '../../../core/mail/ports.ts';
import { quickAttemptMs } from '../../call-time.ts';
import { awsClientSettings } from '../aws-client.ts';
import { createSigner } from '../sign-aws-request.ts';

/**
 * SESv2 SendEmail, in the stack's own Region. Without the SDK's client, which would be most of a function's bundle for one
 * operation.
 * @param from an address that is verified in SES, itself or by its domain
 */
export function createSesMailer(from: string): Mailer {
  const origin = process.env.AWS_ENDPOINT_URL ?? `https://email.${awsClientSettings.region}.amazonaws.com`;
  const endpoint = new URL('/v2/email/outbound-emails', origin);
  const sign = createSigner('ses');
  return {
    async send({ to, subject, text }) {
      const body = JSON.stringify({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
      });
      const { host: _host, ...headers } = await sign(endpoint, { 'content-type': 'application/json' }, body);
      const answer = await post(endpoint, headers, body);
      if (!answer.ok) throw await notSent(answer);
    },
  };
}

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** Once, since SES takes no token by which it would know a repeated mail. */
async function post(endpoint: URL, headers: Record<string, string>, body: string): Promise<Response> {
  const signal = AbortSignal.timeout(quickAttemptMs);
  try {
    return await fetch(endpoint, { method: 'POST', headers, body, signal, redirect: 'error' });
  } catch (error) {
    throw new MailNotSent('unknown', error instanceof Error ? error.name : 'Error', error);
  }
}

async function notSent(answer: Response): Promise<MailNotSent> {
  const named = answer.headers.get('x-amzn-errortype')?.split(':', 1)[0];
  const name = named ?? `Status${answer.status}`;
  if (answer.status === 429 || answer.status === 503) return new MailNotSent('later', name);
  if (answer.status >= 500) return new MailNotSent('unknown', name);
  // The message also holds addresses, so it is only looked at.
  const isUnverified = /not verified/i.test(await answer.text().catch(() => ''));
  return new MailNotSent('refused', isUnverified ? `${name}: an address is not verified in SES` : name);
}
