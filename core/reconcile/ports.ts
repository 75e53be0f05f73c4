import type { ClosedBecause, Directory, UserRecord, UserRecords } from '../accounts/ports.ts';
import type { BillingWork } from '../billing/ports.ts';
import type { AccountSettings } from '../catalog.ts';
import type { Clock } from '../clock.ts';
import type { DueFeedback } from '../feedback/send-feedback.ts';
import type { KeyHolds } from '../keys/hold-keys.ts';
import type { GatewayKeys, KeyMeters, KeyRecords, PlanBindings, UserLimits } from '../keys/ports.ts';
import type { UserLimitWrites } from '../keys/share-limits.ts';
import type { NoticeMails } from '../mail/notices.ts';
import type { Mailer, MailNotSent } from '../mail/ports.ts';
import type { SpendWarning } from '../metering/ports.ts';
import type { SpendStanding } from '../metering/windows.ts';
import type { Plan } from '../plans.ts';

/**
 * `billing`: what Stripe has may have changed which plans a user may have. `since` may be in the future: when days of grace end.
 * `repair` is not an operation, but the reconciler's note that a repair failed.
 */
export type IntentKind = 'create' | 'rotate' | 'change-plan' | 'end' | 'delete-user' | 'billing' | 'repair';

export interface Subject {
  /** A key's id, a user's for `delete-user`, API Gateway's id of a key for the repair of an orphan. */
  subject: string;
  userId: string;
}

/** What an operation writes before it begins, and deletes when it has ended. */
export interface Intent extends Subject {
  kind: IntentKind;
  since: number;
  /** How often finishing it has failed. */
  failures?: number;
}

export interface Intents {
  list(): AsyncIterable<Intent>;
  /**
   * Counts a failure on the subject's intent, or on a new `repair` if there is none.
   * @returns how often it has failed so far
   */
  countFailure(subject: Subject, now: number): Promise<number>;
  /** Deletes this intent, but not one that a later operation has written in its place. */
  remove(intent: Intent): Promise<void>;
}

/** A key that API Gateway has. */
export interface GatewayKey {
  id: string;
  name: string;
  createdAt: number;
}

export interface GatewayInventory {
  /** Keys of ours, by the prefix of their names. */
  keys(): AsyncIterable<GatewayKey>;
  /** Ids of the keys bound to a plan. */
  boundTo(usagePlanName: string): Promise<Set<string>>;
}

export interface LiveKeys {
  /** Every key that has not ended. */
  list(): AsyncIterable<{ keyId: string; userId: string }>;
}

/** Warnings of spend: what is to be mailed, and what has been. */
export interface DueWarnings {
  list(): Promise<SpendWarning[]>;
  readCeilings(now: number): Promise<SpendStanding[]>;
  /** @returns false if this step, or a higher one, of the window has been mailed */
  claim(warning: SpendWarning): Promise<boolean>;
  /** Takes a claim back whose mail was not taken. */
  release(warning: SpendWarning): Promise<void>;
  remove(warning: SpendWarning): Promise<void>;
}

export interface WarningMails {
  due: DueWarnings;
  mailer: Mailer;
  /** Of an active user who wants warnings. */
  addressOf(userId: string): Promise<string | undefined>;
  /** Who is told of the deployment's ceilings; undefined: nobody. */
  operator: string | undefined;
  onNotSent(error: MailNotSent): void;
}

export interface FeedbackMails {
  due: Pick<DueFeedback, 'list' | 'claim' | 'release'>;
  /** The operator's address. */
  to: string;
  mailer: Mailer;
  onNotSent(error: MailNotSent): void;
}

/** Set while records are restored or taken in: passes do nothing as long as there is one. */
export interface Pause {
  /** Each operator and each import has its own, so that nobody ends another's. */
  id: string;
  since: number;
  /** Who began it, as they call themselves. */
  by: string;
  reason?: string | undefined;
}

export interface Pauses {
  /** The oldest first. */
  list(): Promise<Pause[]>;
  /** One with this id that stands already stays as it is. @returns the one that stands */
  begin(pause: Pause): Promise<Pause>;
  end(id: string): Promise<void>;
}

export interface PassUnderWay {
  id: string;
  since: number;
  /** By then it is over, whatever becomes of it. */
  endsAt: number;
}

/** By which whoever begins a pause learns of passes that had begun before, and may not have met it yet. */
export interface PassesUnderWay {
  list(now: number): Promise<PassUnderWay[]>;
  begin(pass: PassUnderWay): Promise<void>;
  end(id: string): Promise<void>;
}

export interface ReconcilePorts {
  intents: Intents;
  live: LiveKeys;
  inventory: GatewayInventory;
  records: KeyRecords;
  meters: KeyMeters;
  users: Pick<UserRecords, 'beginDeletion' | 'deleteAll' | 'finishDeletion'>;
  gateway: GatewayKeys & PlanBindings;
  directory: Pick<Directory, 'deleteUser'>;
  userInventory: UserInventory;
  /** Undefined: nothing is sold. */
  billingWork?: BillingWork | undefined;
  standings: Standings;
  userLimits: UserLimitWrites;
  /** Undefined: no mails are sent. */
  warnings?: WarningMails | undefined;
  /** Undefined: no mails are sent. */
  notices?: NoticeMails | undefined;
  /** Undefined: none can be written. */
  feedback?: FeedbackMails | undefined;
  /** Undefined: no mail is set up. */
  mailer?: Mailer | undefined;
  accounts: AccountSettings;
  pauses: Pick<Pauses, 'list'>;
  plans: readonly Plan[];
  clock: Clock;
  /** Called with what failed, for logs and alarms. */
  onFailure(subject: string, error: unknown): void;
  onParked(subject: string, failures: number): void;
  /** @param isLong it may have been forgotten */
  onPaused(pause: Pause, isLong: boolean): void;
  /** Called with what the pass did, even if it then fails. */
  onPass(report: ReconcileReport): void;
  /** How much time for work the pass has left. */
  timeLeftMs(): number;
  /** Bounds the time of all calls to AWS that `work` makes together; calls after it fail. */
  within<T>(milliseconds: number, work: () => Promise<T>): Promise<T>;
}

export const actionKinds = [
  'undo-create',
  'undo-rotate',
  'undo-change-plan',
  'finish-end',
  'finish-delete-user',
  'go-on-delete-user',
  'finish-billing',
  'drop-intent',
  'expire',
  'end-broken',
  'bind',
  'apply-plan',
  'drop-previous',
  'delete-orphan',
  'keep-unknown',
  'suspend',
  'restore',
  'hold',
  'release',
  'apply-user-limits',
  'close',
  'tell-dormant',
  'tell-end',
  'tell',
  'mail-feedback',
  'end-ownerless',
  'warn',
] as const;
export type ActionKind = (typeof actionKinds)[number];

export interface Action {
  kind: ActionKind;
  /** Key id, user id, API Gateway's id of an orphan, or `deployment`. */
  subject: string;
}

export interface ReconcileReport {
  dryRun: boolean;
  actions: Action[];
  failures: number;
  parked: number;
  /** False when the pass stopped early: throttled, or out of time. The next one goes on. */
  complete: boolean;
  /** By this pause the pass did nothing, or stopped: neither complete nor failed. */
  paused?: Pause;
}

/** The users in the directory (Cognito). */
export interface UserInventory {
  /** All users, page by page and slowly, since logins share the directory’s rate limit. */
  list(): AsyncIterable<{ userId: string; isEnabled: boolean }>;
  has(userId: string): Promise<boolean>;
}

/** What the table says of a user's standing. */
export interface StandingRecord {
  status?: UserRecord['status'] | undefined;
  /** Suspended because the directory says so, not by an admin in the record. */
  suspendedByDirectory?: boolean | undefined;
  /** Some of their keys are held: refused by the gate until they are released. */
  keysHeld?: boolean | undefined;
  /** Some of their keys don't have these limits yet. */
  limitsPending?: boolean | undefined;
  limits?: UserLimits | undefined;
  limitsChangedAt?: number | undefined;
  email?: string | undefined;
  createdAt?: number | undefined;
  endsAt?: number | undefined;
  lastSeenAt?: number | undefined;
  dormancyToldAt?: number | undefined;
  /** The end of the account that the user has been told of. */
  endToldFor?: number | undefined;
}

export interface Standings extends KeyHolds {
  /** Existing records, by user id. */
  read(userIds: readonly string[]): Promise<Map<string, StandingRecord>>;
  /** Suspends an active user because of the directory. */
  suspend(userId: string): Promise<void>;
  /** Suspends an active user whose account is over. @param email to tell them by mail; undefined: they are not told */
  close(userId: string, because: ClosedBecause, now: number, email: string | undefined): Promise<void>;
  /** Leaves a note to tell a user when the account ends, once for each end. */
  tellOfEnd(user: { userId: string; email: string; endsAt: number }, now: number): Promise<void>;
  /** Records that the user was told, after the mail was sent. */
  toldOfDormancy(userId: string, now: number): Promise<void>;
  /** Ends what `suspend` began, and no suspension by an admin. */
  restore(userId: string): Promise<void>;
}
