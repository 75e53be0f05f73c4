import type { UserRecord } from '../accounts/ports.ts';
import type { KeyRecord, UserLimits } from '../keys/ports.ts';
import type { NoticeKind } from '../mail/notices.ts';
import type { Page } from '../page.ts';

/** A user, as the directory (Cognito) has them. */
export interface DirectoryUser {
  userId: string;
  email: string;
  emailVerified: boolean;
  /** `invited`: being made by an admin, and not able to log in yet. */
  state: 'confirmed' | 'unconfirmed' | 'invited';
  isEnabled: boolean;
  /** Whether logins by password need a code of an app; unknown in lists. */
  usesAuthenticator?: boolean | undefined;
  createdAt: number;
}

export interface UsersPage {
  users: DirectoryUser[];
  nextCursor: string | null;
}

/** The directory, for admins. */
export interface AdminDirectory {
  /** @throws DaypassError `invalid_request` for a cursor that is not the directory's */
  list(query: { email?: string | undefined; limit: number; cursor?: string | undefined }): Promise<UsersPage>;
  find(userId: string): Promise<DirectoryUser | undefined>;
  groupsOf(userId: string): Promise<string[]>;
  enable(userId: string): Promise<void>;
  /** From now on a login by password needs no code. */
  turnOffAuthenticator(userId: string): Promise<void>;
  /**
   * Makes a user with a confirmed address, who can't log in yet. Mails nothing.
   * @returns undefined when the address has an account
   */
  create(email: string): Promise<DirectoryUser | undefined>;
  findByEmail(email: string): Promise<DirectoryUser | undefined>;
  /** Gives a user who was created a password that nobody knows, so that it can be reset. */
  makeUsable(userId: string): Promise<void>;
}

/** What an admin may change of a user's record. */
export interface UserChange {
  /** Lets in who waits for an admin. */
  approved?: true | undefined;
  suspended?: boolean | undefined;
  /** null: the self-service plans. */
  allowedPlans?: readonly string[] | null | undefined;
  /** When the account ends; null: never. */
  endsAt?: number | null | undefined;
  /** null: the settings' alone. */
  limits?: UserLimits | null | undefined;
  invitedAt?: number | undefined;
  /** What the user is told of it by mail. */
  notice?: NoticeKind | undefined;
}

export interface AdminUserRecords {
  /** Existing records, by user id. */
  read(userIds: readonly string[]): Promise<Map<string, UserRecord>>;
  /**
   * Changes the record and records it in the audit trail, both or neither, and creates the record if the user has not called yet.
   * What it decides is kept for the address too.
   * A suspension also marks that keys are held, so that the reconciler finishes what is cut off.
   * @returns false when the account is being deleted
   */
  change(user: Pick<DirectoryUser, 'userId' | 'email' | 'createdAt'>, change: UserChange): Promise<boolean>;
}

/** Keys of every user. */
export interface AllKeys {
  /** @returns the user's id; undefined: no such key, or it has ended */
  ownerOf(keyId: string): Promise<string | undefined>;
  /** Keys that have not ended, in no particular order. */
  listLive(page: Page): Promise<{ records: KeyRecord[]; nextCursor: string | null }>;
}
