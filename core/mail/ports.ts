import type { MailKind } from './kinds.ts';

export interface Mail {
  to: string;
  /** Who gets the answer. @default the sender */
  replyTo?: string;
  subject: string;
  /** Plain text. */
  text: string;
  /** By which an operator's own text takes the place of ours. */
  kind?: MailKind;
  /** For the placeholders of that text. */
  values?: Readonly<Record<string, string>>;
}

/** Sends mails of ours. Codes and invitations are Cognito's, whose own sender takes no others. */
export interface Mailer {
  /**
   * Hands a mail over once. It is not sent again if it is unknown whether it was taken.
   * @throws MailNotSent
   */
  send(mail: Mail): Promise<void>;
}

/** A mail was not taken, or it is unknown whether it was. */
export class MailNotSent extends Error {
  /**
   * `later`: it was not taken now and may be sent again. `refused`: it won't be taken as it is, or until the operator
   * changes something. `unknown`: no answer came, so it may be on its way.
   */
  readonly outcome: 'later' | 'refused' | 'unknown';
  /** The mail service's own word. */
  readonly reason: string;

  constructor(outcome: MailNotSent['outcome'], reason: string, cause?: unknown) {
    super(`The mail was not sent: ${reason}`, { cause });
    this.name = 'MailNotSent';
    this.outcome = outcome;
    this.reason = reason;
  }
}
