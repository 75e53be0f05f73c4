import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Store } from '../state/store.ts';

/** One message in the mailbox that stands for every user's inbox. */
export interface Mail {
  to: string;
  /** As the sender's line has it; not known of Cognito's. */
  from?: string;
  replyTo?: string;
  subject: string;
  text: string;
  /** The code a person would copy out of the message; null when it carries none. */
  code: string | null;
  /** ISO 8601. */
  at: string;
}

export interface Mailbox {
  send(message: Pick<Mail, 'to' | 'from' | 'replyTo' | 'subject' | 'text'> & { code?: string }): void;
  /** Newest first; `to` compares without case. */
  list(to?: string): Mail[];
}

const maxMails = 500;
const mailId = (sequence: number) => String(sequence).padStart(12, '0');

/** Keeps the newest 500 messages and announces each in the terminal. */
export function createMailbox(deps: { store: Store; clock: Clock; log: Pick<Log, 'info'> }): Mailbox {
  const mails = deps.store.collection<Mail>('mail');
  let sequence = Number(mails.list().at(-1)?.id ?? 0);

  return {
    send({ to, from, replyTo, subject, text, code }) {
      sequence += 1;
      mails.put(mailId(sequence), {
        to,
        ...(from !== undefined && { from }),
        ...(replyTo !== undefined && { replyTo }),
        subject,
        text,
        code: code ?? null,
        at: new Date(deps.clock.now()).toISOString(),
      });
      mails.delete(mailId(sequence - maxMails));
      deps.log.info('mail', terminalLine({ to, subject, code }));
    },
    list(to) {
      const address = to?.toLowerCase();
      return mails
        .list()
        .map(({ value }) => value)
        .filter((mail) => address === undefined || mail.to.toLowerCase() === address)
        .reverse();
    },
  };
}

/** The text stays in the mailbox: an invitation holds a temporary password, which no log may show. */
function terminalLine(mail: { to: string; subject: string; code: string | undefined }): string {
  const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ');
  return mail.code === undefined
    ? `${oneLine(mail.to)}: ${oneLine(mail.subject)}`
    : `${oneLine(mail.to)}: your confirmation code is ${mail.code} (${oneLine(mail.subject)})`;
}
