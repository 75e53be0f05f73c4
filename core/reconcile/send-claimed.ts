import { type Mail, type Mailer, MailNotSent } from '../mail/ports.ts';
import type { Pass } from './attempt-and-park.ts';

/**
 * Sends a mail that this pass has claimed. If it is unknown whether it was taken, it counts as sent: nobody is told twice.
 * @param release takes the claim back if the mail was not taken
 * @returns `later` if no mails are taken now, so that the rest waits for the next pass
 */
export async function sendClaimed(
  { report }: Pass,
  { mailer, onNotSent }: { mailer: Mailer; onNotSent(error: MailNotSent): void },
  mail: Mail,
  release: () => Promise<void>,
): Promise<'sent' | 'not sent' | 'later'> {
  try {
    await mailer.send(mail);
    return 'sent';
  } catch (error) {
    if (error instanceof MailNotSent && error.outcome !== 'later') {
      onNotSent(error);
      return 'not sent';
    }
    await release();
    report.complete = false;
    if (!(error instanceof MailNotSent)) throw error;
    return 'later';
  }
}
