import { createHmac } from 'node:crypto';
import type { Mailbox } from '../../../mail/mail.ts';
import type { Pool } from '../pools/pools.ts';
import { isEmail } from '../users/attributes.ts';

export interface Messages {
  /** Mails a code with the pool's verification template. */
  sendCode(pool: Pool, to: string, code: string): void;
  sendInvitation(pool: Pool, to: string, username: string, temporaryPassword: string): void;
}

export function createMessages(deps: { mailbox: Pick<Mailbox, 'send'> }): Messages {
  return {
    sendCode(pool, to, code) {
      const template = pool.properties.VerificationMessageTemplate;
      const subject =
        template?.EmailSubject ?? pool.properties.EmailVerificationSubject ?? 'Your verification code';
      const text =
        template?.EmailMessage ??
        pool.properties.EmailVerificationMessage ??
        'Your confirmation code is {####}';
      deps.mailbox.send({ to, subject, text: asText(fill(text, { '{####}': code })), code });
    },
    sendInvitation(pool, to, username, temporaryPassword) {
      const template = pool.properties.AdminCreateUserConfig?.InviteMessageTemplate;
      const text = template?.EmailMessage ?? 'Your username is {username} and temporary password is {####}.';
      deps.mailbox.send({
        to,
        subject: template?.EmailSubject ?? 'Your temporary password',
        text: fill(text, { '{username}': username, '{####}': temporaryPassword }),
      });
    },
  };
}

/** Cognito's mails are HTML, and this is what their readers see. */
function asText(html: string): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html
    .replaceAll(/<br ?\/?>/g, '\n')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => characters[name] ?? whole);
}

/** Replaces in one pass, so that a password which looks like a placeholder is left alone. */
function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{username\}|\{####\}/g, (placeholder) => values[placeholder] ?? placeholder);
}

export interface CodeDelivery {
  Destination: string;
  DeliveryMedium: 'EMAIL';
  AttributeName: 'email';
}

/** Where a code was sent, masked as Cognito does: `a***@e***`. */
export function codeDelivery(email: string): CodeDelivery {
  const [local = '', domain = ''] = email.toLowerCase().split('@');
  return {
    Destination: `${local.charAt(0)}***@${domain.charAt(0)}***`,
    DeliveryMedium: 'EMAIL',
    AttributeName: 'email',
  };
}

/** The answer for a name that has no user: of the same form, and the same each time. */
export function simulatedDelivery(pool: Pool, name: string): CodeDelivery {
  if (isEmail(name)) return codeDelivery(name);
  const seed = createHmac('sha256', pool.decoyKey).update(name).digest();
  const letter = (index: number) => String.fromCharCode(97 + ((seed[index] ?? 0) % 26));
  return codeDelivery(`${letter(0)}@${letter(1)}`);
}
