import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Mailbox } from '../../mail/mail.ts';
import type { Store } from '../../state/store.ts';
import { AwsError, type AwsRequest, type AwsService } from '../service.ts';

export interface SesSettings {
  /** Addresses and domains that count as verified. */
  identities: readonly string[];
  /** Where an account begins: recipients must be verified too, one mail a second and 200 a day. */
  sandbox: boolean;
}

interface Dependencies extends SesSettings {
  store: Pick<Store, 'collection'>;
  mailbox: Pick<Mailbox, 'send'>;
  clock: Clock;
  log: Pick<Log, 'warn'>;
  region: string;
}

/** What an account in the sandbox, and one that has left it, may send at first (SES developer guide, sending quotas). */
const quotas = {
  sandbox: { perSecond: 1, perDay: 200 },
  production: { perSecond: 14, perDay: 50_000 },
};
const mostRecipients = 50;
const minutesPerDay = 1440;

const content = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const addresses = z.array(z.string()).default([]);
const sendEmail = z.strictObject({
  FromEmailAddress: z.string().min(1),
  Destination: z.strictObject({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses }),
  ReplyToAddresses: addresses,
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: content,
      Body: z.strictObject({ Text: content.optional(), Html: content.optional() }),
    }),
  }),
});

/** SESv2 SendEmail of simple mails, into the local mailbox. */
export function createSes({
  store,
  mailbox,
  clock,
  log,
  region,
  identities,
  sandbox,
}: Dependencies): AwsService {
  const { perSecond, perDay } = sandbox ? quotas.sandbox : quotas.production;
  const thisSecond: number[] = [];
  /** By the minute, for the day's quota outlives a restart. */
  const minutes = store.collection<{ count: number }>('ses/sent');

  function requireVerified(every: readonly string[]): void {
    const unknown = every.filter((address) => !isVerified(identities, address));
    if (unknown.length === 0) return;
    log.warn('ses', `${unknown.join(', ')} is not verified: name verified ones in DAYPASS_SES_IDENTITIES.`);
    throw new AwsError(
      'MessageRejected',
      `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${unknown.join(', ')}`,
    );
  }

  function takeTurn(recipients: number): void {
    const now = clock.now();
    while ((thisSecond[0] ?? now) <= now - 1000) thisSecond.shift();
    if (thisSecond.length + recipients > perSecond) throw tooMany('Maximum sending rate exceeded.');
    const minute = Math.floor(now / 60_000);
    const kept = minutes.list();
    for (const { id } of kept) if (Number(id) <= minute - minutesPerDay) minutes.delete(id);
    const today = kept.filter(({ id }) => Number(id) > minute - minutesPerDay);
    const sent = today.reduce((sum, { value }) => sum + value.count, 0);
    if (sent + recipients > perDay) throw tooMany('Daily message quota exceeded.');
    thisSecond.push(...Array.from({ length: recipients }, () => now));
    minutes.put(String(minute), { count: (minutes.get(String(minute))?.count ?? 0) + recipients });
  }

  return {
    signingName: 'ses',
    operationName,
    async handle(request) {
      if (operationName(request) === undefined) {
        throw new AwsError(
          'UnknownOperationException',
          `The local SES has no ${request.method} ${request.path}; it has SendEmail.`,
        );
      }
      const mail = read(request.body);
      const { ToAddresses, CcAddresses, BccAddresses } = mail.Destination;
      const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
      if (recipients.length === 0) throw badRequest('Missing required header: To.');
      if (recipients.length > mostRecipients) throw badRequest('Recipient count exceeds 50.');
      const sender = addressOf(mail.FromEmailAddress);
      for (const address of [sender, ...recipients, ...mail.ReplyToAddresses]) requireAddress(address);
      requireVerified([sender, ...(sandbox ? recipients : [])]);
      takeTurn(recipients.length);
      const { Subject, Body } = mail.Content.Simple;
      const from = decoded(mail.FromEmailAddress);
      const [replyTo] = mail.ReplyToAddresses;
      for (const to of recipients) {
        mailbox.send({
          to,
          from,
          ...(replyTo !== undefined && { replyTo }),
          subject: Subject.Data,
          text: Body.Text?.Data ?? Body.Html?.Data ?? '',
        });
      }
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ MessageId: randomUUID() }),
      };
    },
  };
}

function operationName({ method, path }: AwsRequest): string | undefined {
  return method === 'POST' && path === '/v2/email/outbound-emails' ? 'SendEmail' : undefined;
}

const badRequest = (message: string) => new AwsError('BadRequestException', message);
const tooMany = (message: string) => new AwsError('TooManyRequestsException', message, 429);

function read(body: Buffer): z.infer<typeof sendEmail> {
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch {
    throw badRequest('The body is not JSON.');
  }
  const parsed = sendEmail.safeParse(input);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw badRequest(`Missing or unsupported here: ${fields.join('; ')}`);
  }
  const { Body } = parsed.data.Content.Simple;
  if ((Body.Text ?? Body.Html) === undefined) throw badRequest('The body has no part.');
  return parsed.data;
}

/** The address of `"Name" <address>`, whose name is quoted, or encoded by RFC 2047 where it isn't ASCII. */
function addressOf(line: string): string {
  const [, name = '', address] = /^(.*?)\s*<([^<>]*)>$/s.exec(line) ?? [];
  if (address === undefined) return line;
  const isName = /^("(?:[ !#-[\]-~]|\\["\\])*"|[\w !#$%&'*+/=?^`{|}~-]*)$/.test(name);
  if (!isName) throw badRequest('Missing or unsupported here: a name that is neither quoted nor encoded');
  return address;
}

/** As a mail program shows it. */
function decoded(line: string): string {
  return line
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?B\?([\w+/=]*)\?=/g, (_whole, text: string) =>
      Buffer.from(text, 'base64').toString(),
    )
    .replace(/^"((?:[^"\\]|\\.)*)"/, (_whole, name: string) => name.replaceAll(/\\(.)/g, '$1'));
}

/** In SES's words. */
function requireAddress(address: string): void {
  if (/[^\x21-\x7e]/.test(address)) throw badRequest('Local address contains control or whitespace');
  if (!/^[^@]+@[^@]+$/.test(address)) throw badRequest("Missing final '@domain'");
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/i.test(domain)) {
    throw badRequest('Domain contains illegal character or starts with a dot');
  }
}

/** By the address itself, in its own case, by its domain, or by a domain above that. */
function isVerified(identities: readonly string[], address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return identities.some((identity) => {
    if (identity.includes('@')) return identity === address;
    return domain === identity.toLowerCase() || domain.endsWith(`.${identity.toLowerCase()}`);
  });
}
