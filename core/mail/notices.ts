import { dayOf } from '../metering/windows.ts';
import type { Mail, Mailer, MailNotSent } from './ports.ts';

/**
 * What users are told of their account: an admin approved, refused, suspended or restored it; it ends soon; it was closed, at its
 * end or because nobody used it.
 */
export type NoticeKind = 'approved' | 'refused' | 'suspended' | 'restored' | 'ends' | 'ended' | 'dormant';

export interface Notice {
  kind: NoticeKind;
  userId: string;
  email: string;
  at: number;
  /** Of `ends`. */
  endsAt?: number | undefined;
}

/** Notes of what is to be mailed, each written in the transaction of what it tells. */
export interface DueNotices {
  /** Oldest first. */
  list(): Promise<Notice[]>;
  /** Removes the note. @returns false if it is gone: another pass sends it */
  claim(notice: Notice): Promise<boolean>;
  /** Puts a note back whose mail was not taken. */
  release(notice: Notice): Promise<void>;
}

export interface NoticeMails {
  due: DueNotices;
  mailer: Mailer;
  onNotSent(error: MailNotSent): void;
}

export function noticeMail({ kind, email, endsAt }: Notice): Mail {
  const day = endsAt === undefined ? '' : dayOf(endsAt);
  const [subject, ...paragraphs] = words[kind](day);
  return { to: email, kind, values: { day }, subject: subject ?? '', text: `${paragraphs.join('\n\n')}\n` };
}

const askOperator = 'If you have questions, ask the operator of this service.';

const words: Record<NoticeKind, (endsOn: string) => string[]> = {
  approved: () => [
    'Your API account is approved',
    'An admin of this service has approved your account. You can log in and create an API key now.',
  ],
  refused: () => [
    'Your API account was not approved',
    'An admin of this service has not approved your account. It has been deleted.',
    askOperator,
  ],
  suspended: () => [
    'Your API account is suspended',
    'An admin of this service has suspended your account. Calls with your API keys are refused, and so is everything that needs a login. Nothing is deleted.',
    askOperator,
  ],
  restored: () => [
    'Your API account works again',
    'An admin of this service has opened your account again. Your logins and API keys work as before.',
  ],
  ends: (endsOn) => [
    `Your API account ends on ${endsOn}`,
    `Your account for this service ends on ${endsOn} (UTC). From then on calls with your API keys are refused, and so is everything that needs a login. Nothing is deleted.`,
    'If you need it for longer, ask the operator of this service.',
  ],
  ended: () => [
    'Your API account has ended',
    'The time of your account for this service is over. Calls with your API keys are refused, and so is everything that needs a login. Nothing is deleted.',
    'If you still need it, ask the operator of this service.',
  ],
  dormant: () => [
    'Your API account is closed',
    'Nobody has used your account for this service for a long time, so it is closed: calls with your API keys are refused.',
    'To open it again, log in to the console.',
  ],
};
