/** What the domain needs of the world for users and their addresses. Times are milliseconds since the epoch. */

/** A user's own record; Cognito holds the e-mail address's proof and the password. */
export interface UserRecord {
  userId: string;
  email: string;
  status: 'active' | 'suspended' | 'deleting';
  createdAt: number;
  /** Set by an admin; undefined: every self-service plan. */
  allowedPlans?: readonly string[] | undefined;
}

export interface UserRecords {
  /** Returns the user's record, making it on first sight. */
  ensure(user: { userId: string; email: string; createdAt: number }): Promise<UserRecord>;
  /**
   * Keeps the user from making keys, and leaves an intent to finish the deletion. Repeating it keeps the intent as it
   * is, with its time and its failures.
   */
  beginDeletion(userId: string, now: number): Promise<void>;
  /**
   * Removes every item of the user: keys, usage, and the address in the record, which stays for a day to say
   * that the account is gone.
   * @returns false when there was no time for all of them; the next call goes on with the rest
   */
  deleteAll(userId: string, now: number, hasTime: () => boolean): Promise<boolean>;
  settleDeletion(userId: string): Promise<void>;
}

/** What is kept of the sign-ups of an address, whether or not it has an account, until one is confirmed. */
export interface SignUps {
  /** Counts a sign-up and makes it the latest, before anything of it is done elsewhere. */
  begin(email: string, signUp: { registrationHash: string; now: number }): Promise<void>;
  /** Keeps whom a sign-up made, unless another has begun since. */
  made(email: string, signUp: { registrationHash: string; userId: string }): Promise<void>;
  find(email: string): Promise<PendingSignUp | undefined>;
  /** Forgets them all, unless another has begun since. */
  forget(email: string, registrationHash: string): Promise<void>;
}

export interface PendingSignUp {
  /** How often the address was signed up. */
  count: number;
  /** SHA-256 of the latest one's `registration`, hexadecimal. */
  registrationHash: string;
  /** Whom it made; undefined: nobody, since the address has an account, or it was cut off. */
  userId?: string | undefined;
}

/** Codes by e-mail, counted for each address and hour. */
export interface CodeCounts {
  /** @returns false when the hour's codes are used up */
  take(email: string, window: { id: string; endsAt: number }, limit: number): Promise<boolean>;
}

/** What makes a login token worthless before it expires. */
export interface SessionEnds {
  lastOf(userId: string): Promise<{
    /** When the user ended all their sessions; undefined: never. */
    at?: number | undefined;
    /** The account is deleted, or being deleted. */
    isDeleted: boolean;
  }>;
  mark(userId: string, now: number): Promise<void>;
}
