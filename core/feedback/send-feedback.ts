import type { UserRecord } from '../accounts/ports.ts';
import { type Caller, whileActive } from '../accounts/users.ts';
import type { Clock } from '../clock.ts';
import { type FeedbackBody, feedbackPerDay } from '../contract/feedback.ts';
import { DaypassError } from '../errors.ts';
import { personOf } from '../keys/places.ts';
import type { Mail } from '../mail/ports.ts';
import { secondsUntil, windowAt } from '../metering/windows.ts';

/** What a user has written to the operator. */
export interface Feedback extends FeedbackBody {
  id: string;
  userId: string;
  email: string;
  at: number;
}

/** Counted by the address: an account that is made anew begins no new day. */
export interface FeedbackLimit {
  person: string;
  day: { id: string; endsAt: number };
  most: number;
}

/** What waits to be mailed. */
export interface DueFeedback {
  /** Counts it and keeps it in one transaction. @returns `gone`: the user is no longer active */
  add(feedback: Feedback, limit: FeedbackLimit): Promise<'added' | 'full' | 'gone'>;
  /** Oldest first. */
  list(): Promise<Feedback[]>;
  /** Removes it. @returns false if it is gone: another pass sends it, or its user is deleted */
  claim(feedback: Feedback): Promise<boolean>;
  /** Puts back what was not taken, unless its user was deleted meanwhile. */
  release(feedback: Feedback): Promise<void>;
}

interface SendFeedbackPorts {
  feedback: Pick<DueFeedback, 'add'>;
  users: { ensure(user: Pick<Caller, 'userId' | 'email'> & { createdAt: number }): Promise<UserRecord> };
  /** Who gets it; undefined: nobody. */
  feedbackTo: string | undefined;
  clock: Clock;
  newId(): string;
}

/** @throws DaypassError `mail_not_set_up`, `too_many_attempts`, and as `whileActive` */
export async function sendFeedback(
  { feedback, users, feedbackTo, clock, newId }: SendFeedbackPorts,
  caller: Caller,
  body: FeedbackBody,
): Promise<void> {
  const now = clock.now();
  const findUser = () => users.ensure({ ...caller, createdAt: now });
  await whileActive(findUser, async ({ userId, email }) => {
    if (feedbackTo === undefined) {
      throw new DaypassError(
        'mail_not_set_up',
        'This service takes no feedback here: its operator has set up no mail for it.',
      );
    }
    const day = windowAt('day', now);
    const written = { ...body, id: newId(), userId, email, at: now };
    const outcome = await feedback.add(written, { person: personOf(email), day, most: feedbackPerDay });
    if (outcome === 'gone') throw new Error('The user of this feedback is not active any more');
    if (outcome === 'full') {
      throw new DaypassError(
        'too_many_attempts',
        `You have written ${feedbackPerDay} times today. The next day begins at ${new Date(day.endsAt).toISOString()}.`,
        { retryAfterSeconds: secondsUntil(day.endsAt, now) },
      );
    }
  });
}

export function feedbackMail(to: string, { category, message, email, userId, at }: Feedback): Mail {
  return {
    to,
    replyTo: email,
    subject: `Feedback (${category}) from ${email}`,
    text: `${message}\n\n-- \nWritten in the console at ${new Date(at).toISOString()} by ${email} (${userId}), who gets the answer to this mail.\n`,
  };
}
