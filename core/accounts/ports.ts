import type { BillingState } from '../billing/subscriptions.ts';
import type { UserLimits } from '../keys/ports.ts';
import type { Notice } from '../mail/notices.ts';

/** A user's record. Whether the address is confirmed, and the password, are Cognito's. */
export interface UserRecord {
  userId: string;
  email: string;
  /** `waiting`: for an admin's approval. */
  status: 'active' | 'waiting' | 'suspended' | 'deleting';
  createdAt: number;
  /** Set by an admin; undefined: every self-service plan. */
  allowedPlans?: readonly string[] | undefined;
  /** Set by an admin, each in place of the settings' for every user. */
  limits?: UserLimits | undefined;
  limitsChangedAt?: number | undefined;
  /** Undefined: the user has never been to the checkout. */
  billing?: BillingState | undefined;
  /** When the account ends, set by an admin. From then on it is as good as suspended. */
  endsAt?: number | undefined;
  /** Why the reconciler has suspended the user: the account has ended, or nobody used it. */
  closedBecause?: ClosedBecause | undefined;
  closedAt?: number | undefined;
  /** When an admin invited the user; undefined: signed up. */
  invitedAt?: number | undefined;
  /** When the user last made a call with a login. */
  lastSeenAt?: number | undefined;
  /** When they were told that the account will be closed unless they use it. */
  dormancyToldAt?: number | undefined;
  /** Some of their keys are held: refused by the gate until they are released. */
  keysHeld?: boolean | undefined;
  /** Wants warnings of what is spent by mail. */
  spendWarnings?: boolean | undefined;
}

export type ClosedBecause = 'ended' | 'dormant';

/** Who deletes an account, and what an admin tells the user of it. */
export type DeletedBy = { as: 'user' } | { as: 'admin'; notice?: Notice | undefined };

/** Whether what takes long may go on. The reconciler has to read that. */
export type HasTime = () => boolean | Promise<boolean>;

export interface UserRecords {
  /** Returns the user's record. A new one has what admins decided about the address before. */
  ensure(user: { userId: string; email: string; createdAt: number }): Promise<UserRecord>;
  /** Ends the closure of a dormant account, whose user is back. */
  reopen(userId: string, now: number): Promise<void>;
  /**
   * Keeps the user from creating keys, and leaves an intent to finish the deletion. An intent that is there already
   * stays as it is, with its time and its failures.
   * @param by if the user: what admins decided about the address is kept
   * @throws DaypassError `user_suspended`, unless an admin deletes the account
   */
  beginDeletion(userId: string, now: number, by: DeletedBy): Promise<void>;
  /**
   * Removes every item of the user and the address in the record. The record stays for a day, to say that the account
   * is gone.
   * @returns false when time ran out; the next call goes on with the rest
   */
  deleteAll(userId: string, now: number, hasTime: HasTime): Promise<boolean>;
  finishDeletion(userId: string): Promise<void>;
}

/** The registrations of an address until one is confirmed, whether or not the address has an account. */
export interface SignUps {
  /** Counts a registration and makes it the latest, before Cognito is called. */
  begin(email: string, signUp: { registrationHash: string; now: number }): Promise<void>;
  /** Records the user that a registration made, unless another has begun since. */
  made(email: string, signUp: { registrationHash: string; userId: string }): Promise<void>;
  find(email: string): Promise<PendingSignUp | undefined>;
  /** Removes them all, unless another has begun since. */
  forget(email: string, registrationHash: string): Promise<void>;
}

export interface PendingSignUp {
  /** How often the address was registered. */
  count: number;
  /** SHA-256 of the latest `registration`, hexadecimal. */
  registrationHash: string;
  /** The user it made; undefined: none, since the address has an account, or the registration was cut off. */
  userId?: string | undefined;
}

/** Codes sent by e-mail, counted by address and hour. */
export interface CodeCounts {
  /** @returns false when the hour's codes are used up */
  take(email: string, window: { id: string; endsAt: number }, limit: number): Promise<boolean>;
}

/** What makes a login token useless before it expires. */
export interface SessionEnds {
  lastOf(userId: string): Promise<{
    /** When the user ended all their sessions; undefined: never. */
    at?: number | undefined;
    /** Ids of sessions that the user ended one by one. */
    ended?: readonly string[] | undefined;
    /** The account is deleted, or being deleted. */
    isDeleted: boolean;
    isSuspended: boolean;
    /** An admin has not approved the account yet. */
    isWaiting?: boolean | undefined;
  }>;
  mark(userId: string, now: number): Promise<void>;
}

export interface Session {
  token: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
}

/** A code of the authenticator app is asked for. */
export interface LoginChallenge {
  challenge: 'authenticator';
  session: string;
}

/** The directory of people and passwords (Cognito). Refusals come as DaypassError. */
export interface Directory {
  /** @returns the new user's id, or undefined when the address is taken */
  signUp(email: string, password: string): Promise<string | undefined>;
  confirmWithoutCode(userId: string): Promise<void>;
  /** Confirms the very user that a sign-up made, and no later one of the same address. */
  confirm(userId: string, code: string): Promise<void>;
  resendCode(email: string): Promise<void>;
  /** @throws DaypassError also if a code is asked for */
  logIn(email: string, password: string): Promise<Session>;
  beginLogin(email: string, password: string): Promise<Session | LoginChallenge>;
  /** @throws DaypassError `invalid_code`, `invalid_credentials` */
  answerChallenge(session: string, code: string): Promise<Session>;
  refresh(refreshToken: string): Promise<Session>;
  endSession(refreshToken: string): Promise<void>;
  endAllSessions(userId: string): Promise<void>;
  forgotPassword(email: string): Promise<void>;
  resetPassword(email: string, code: string, password: string): Promise<void>;
  changePassword(email: string, currentPassword: string, newPassword: string): Promise<void>;
  /** Of a user who is there. */
  userIdOf(email: string): Promise<string>;
  deleteUser(userId: string): Promise<void>;
}
