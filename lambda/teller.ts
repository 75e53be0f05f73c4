import { type Mail, MailNotSent } from '../core/mail/ports.ts';
import { createSesMailer } from './adapters/ses/mailer.ts';
import { catalog } from './catalog.ts';
import { logMailNotSent } from './log.ts';

/** Mails a user what was done, if the settings name a sender. What was done stays done if the mail can't be sent. */
export function openTeller() {
  const mailer = catalog.mail && createSesMailer(catalog.mail);
  return async (mail: Mail) => {
    try {
      await mailer?.send(mail);
    } catch (error) {
      if (!(error instanceof MailNotSent)) throw error;
      logMailNotSent(error);
    }
  };
}
