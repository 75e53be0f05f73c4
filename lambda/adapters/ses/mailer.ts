import { inOwnWords, type OwnWords } from '../../../core/mail/own-words.ts';
import { type Mailer, MailNotSent } from '../../../core/mail/ports.ts';
import { quickAttemptMs } from '../../call-time.ts';
import { createSigner } from '../aws/sign-post.ts';
import { awsClientSettings } from '../aws-client.ts';

/**
 * SESv2 SendEmail, in the stack's own Region. Without the SDK's client, which would be most of a function's bundle for one
 * operation.
 * @param sender `from` is an address that is verified in SES, itself or by its domain
 */
export function createSesMailer(sender: { from: string } & OwnWords): Mailer {
  const origin = process.env.AWS_ENDPOINT_URL ?? `https://email.${awsClientSettings.region}.amazonaws.com`;
  const endpoint = new URL('/v2/email/outbound-emails', origin);
  const sign = createSigner('ses');
  return {
    async send(mail) {
      const { to, replyTo, subject, text } = inOwnWords(mail, sender);
      const body = JSON.stringify({
        FromEmailAddress: addressLine(sender),
        Destination: { ToAddresses: [to] },
        ...(replyTo !== undefined && { ReplyToAddresses: [replyTo] }),
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
      });
      const { host: _host, ...headers } = await sign(endpoint, { 'content-type': 'application/json' }, body);
      const answer = await post(endpoint, headers, body);
      if (!answer.ok) throw await notSent(answer);
    },
  };
}

/** The service's name before the address, as RFC 5322 quotes it, or RFC 2047 encodes what isn't ASCII. */
function addressLine({ from, serviceName }: { from: string } & OwnWords): string {
  if (serviceName === undefined) return from;
  if (/^[\x20-\x7e]+$/.test(serviceName)) {
    return `"${serviceName.replaceAll(/["\\]/g, '\\$&')}" <${from}>`;
  }
  // An encoded word has at most 75 characters, and no character may be cut in two.
  const words = [''];
  for (const character of serviceName) {
    const longer = `${words.at(-1)}${character}`;
    if (Buffer.byteLength(longer) > 45) words.push(character);
    else words[words.length - 1] = longer;
  }
  const encoded = words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`);
  return `${encoded.join(' ')} <${from}>`;
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
