import type { MailKind, MailText } from './kinds.ts';
import type { Mail } from './ports.ts';

/** What the operator has chosen for mails. */
export interface OwnWords {
  /** What the service is called; undefined: it has no name of its own. */
  serviceName?: string | undefined;
  /** In place of ours. */
  texts?: Readonly<Partial<Record<MailKind, MailText>>> | undefined;
}

/** A mail in the operator's words. Without a text of theirs, ours names the service where it would speak of none by name. */
export function inOwnWords(mail: Mail, { serviceName, texts = {} }: OwnWords): Mail {
  if (mail.kind === undefined) return mail;
  const own = texts[mail.kind];
  if (own !== undefined) {
    const values = { name: serviceName ?? 'Daypass', ...mail.values };
    return { ...mail, subject: oneLine(fill(own.subject, values)), text: fill(own.text, values) };
  }
  if (serviceName === undefined) return mail;
  const named = (text: string) =>
    text.replaceAll('API account', `${serviceName} account`).replaceAll('this service', serviceName);
  return { ...mail, subject: named(mail.subject), text: named(mail.text) };
}

/** In one pass, so that a value which looks like a placeholder is left alone. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : placeholder,
  );
}

/** A key's name may hold what a subject must not. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\s]+/gu, ' ');
