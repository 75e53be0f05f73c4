import type { UserRecord } from '../accounts/ports.ts';
import type { Caller } from '../accounts/users.ts';
import { firstStatus, type SignUpPolicy } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import { type HoldKeysPorts, holdKeys, releaseKeys } from '../keys/hold-keys.ts';
import { type ShareLimitsPorts, shareLimits } from '../keys/share-limits.ts';
import type { NoticeKind } from '../mail/notices.ts';
import { findPlan, type Plan } from '../plans.ts';
import type { AdminDirectory, AdminUserRecords, DirectoryUser, UserChange } from './ports.ts';
import { noSuchUser } from './users.ts';

export interface ChangeUserPorts extends HoldKeysPorts, ShareLimitsPorts {
  directory: Pick<AdminDirectory, 'enable'>;
  users: Pick<AdminUserRecords, 'change' | 'read'>;
  plans: readonly Plan[];
  signUp: Pick<SignUpPolicy, 'approval'>;
  /** Whether users are told by mail. */
  sendsMails: boolean;
}

/**
 * Changes a user's record, then the keys. With the record's write every token is refused and no key can be made; by the
 * answer the gate refuses every key. What is cut off in between is finished by the reconciler, or by calling again.
 * @returns what the user is to be told by mail; undefined: nothing
 * @throws DaypassError `unknown_plan`, `forbidden` (suspending oneself), `not_found` (being deleted)
 */
export async function changeUser(
  ports: ChangeUserPorts,
  admin: Pick<Caller, 'userId'>,
  user: DirectoryUser,
  asked: UserChange,
  now = Date.now(),
): Promise<NoticeKind | undefined> {
  for (const name of asked.allowedPlans ?? []) requireKnownPlan(ports.plans, name);
  if (asked.suspended === true || typeof asked.endsAt === 'number') requireOther(admin, user.userId);
  const before = (await ports.users.read([user.userId])).get(user.userId);
  if (asked.approved === true) requireNotSuspended(before);
  const change = withEnd(before, asked, now);
  const notice = noticeOf(change, before?.status ?? firstStatus(ports.signUp));
  // First: the reconciler would suspend a user again whom the directory has disabled.
  if (change.suspended === false && !user.isEnabled) await ports.directory.enable(user.userId);
  const noted = ports.sendsMails && notice !== undefined ? { ...change, notice } : change;
  if (!(await ports.users.change(user, noted))) throw noSuchUser();
  if (change.suspended === true) await holdKeys(ports, user.userId);
  if (change.suspended === false) await releaseKeys(ports, user.userId);
  if (change.limits !== undefined) await shareLatestLimits(ports, user.userId);
  return notice;
}

async function shareLatestLimits(ports: ChangeUserPorts, userId: string): Promise<void> {
  // Read again: another admin's limits may be later.
  const record = (await ports.users.read([userId])).get(userId);
  if (record !== undefined) await shareLimits(ports, record);
}

/** Only of what really changes: a call may be repeated. */
function noticeOf({ approved, suspended }: UserChange, status: UserRecord['status']): NoticeKind | undefined {
  if (approved === true) return status === 'waiting' ? 'approved' : undefined;
  if (suspended === true) return status === 'suspended' ? undefined : 'suspended';
  return suspended === false && status === 'suspended' ? 'restored' : undefined;
}

/** The last admin must not lock everyone out by a slip. @throws DaypassError `forbidden` */
export function requireOther(
  admin: Pick<Caller, 'userId'>,
  userId: string,
  what = 'suspend or delete themselves',
): void {
  if (admin.userId !== userId) return;
  throw new DaypassError('forbidden', `Admins can’t ${what} here. Ask another admin.`);
}

/**
 * A later end opens an account again that had ended; without one, no such account can be opened.
 * @throws DaypassError `invalid_request`
 */
function withEnd(
  { endsAt, closedBecause }: Partial<UserRecord> | undefined = {},
  change: UserChange,
  now: number,
): UserChange {
  requireFuture(change.endsAt, now);
  if (change.endsAt === undefined && change.suspended !== false) return change;
  if (change.endsAt === undefined && endsAt !== undefined && endsAt <= now) {
    throw new DaypassError('invalid_request', 'This account has ended. Send a later endsAt, or null.', {
      param: 'endsAt',
    });
  }
  return closedBecause === 'ended' && change.suspended === undefined
    ? { ...change, suspended: false }
    : change;
}

/** @throws DaypassError `invalid_request` */
export function requireFuture(endsAt: number | null | undefined, now: number): void {
  if (typeof endsAt !== 'number' || endsAt > now) return;
  throw new DaypassError(
    'invalid_request',
    'endsAt must be in the future. To end an account now, suspend it.',
    {
      param: 'endsAt',
    },
  );
}

/** Nobody ends a suspension by approving. @throws DaypassError `invalid_request` */
function requireNotSuspended(record: UserRecord | undefined): void {
  if (record?.status !== 'suspended') return;
  throw new DaypassError(
    'invalid_request',
    'This user is suspended, and doesn’t wait. Send suspended: false.',
    {
      param: 'approved',
    },
  );
}

function requireKnownPlan(plans: readonly Plan[], name: string): void {
  try {
    findPlan(plans, name);
  } catch (error) {
    if (!(error instanceof DaypassError)) throw error;
    throw new DaypassError(error.code, error.message, { param: 'allowedPlans' });
  }
}
