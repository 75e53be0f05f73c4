import type { Caller } from '../accounts/users.ts';
import { DaypassError } from '../errors.ts';
import { type HoldKeysPorts, holdKeys, releaseKeys } from '../keys/hold-keys.ts';
import { type ShareLimitsPorts, shareLimits } from '../keys/share-limits.ts';
import { findPlan, type Plan } from '../plans.ts';
import type { AdminDirectory, AdminUserRecords, DirectoryUser, UserChange } from './ports.ts';
import { noSuchUser } from './users.ts';

export interface ChangeUserPorts extends HoldKeysPorts, ShareLimitsPorts {
  directory: Pick<AdminDirectory, 'enable'>;
  users: Pick<AdminUserRecords, 'change' | 'read'>;
  plans: readonly Plan[];
}

/**
 * Changes a user's record, then the keys. With the record's write every token is refused and no key can be made; by the
 * answer the gate refuses every key. What is cut off in between is finished by the reconciler, or by calling again.
 * @throws DaypassError `unknown_plan`, `forbidden` (suspending oneself), `not_found` (being deleted)
 */
export async function changeUser(
  ports: ChangeUserPorts,
  admin: Pick<Caller, 'userId'>,
  user: DirectoryUser,
  change: UserChange,
): Promise<void> {
  for (const name of change.allowedPlans ?? []) requireKnownPlan(ports.plans, name);
  if (change.suspended === true) requireOther(admin, user.userId);
  // First: the reconciler would suspend a user again whom the directory has disabled.
  if (change.suspended === false && !user.isEnabled) await ports.directory.enable(user.userId);
  if (!(await ports.users.change(user, change))) throw noSuchUser();
  if (change.suspended === true) await holdKeys(ports, user.userId);
  if (change.suspended === false) await releaseKeys(ports, user.userId);
  if (change.limits === undefined) return;
  // Read again: another admin's limits may be later.
  const record = (await ports.users.read([user.userId])).get(user.userId);
  if (record !== undefined) await shareLimits(ports, record);
}

/** The last admin must not lock everyone out by a slip. @throws DaypassError `forbidden` */
export function requireOther(admin: Pick<Caller, 'userId'>, userId: string): void {
  if (admin.userId !== userId) return;
  throw new DaypassError('forbidden', 'Admins can’t suspend or delete themselves here. Ask another admin.');
}

function requireKnownPlan(plans: readonly Plan[], name: string): void {
  try {
    findPlan(plans, name);
  } catch (error) {
    if (!(error instanceof DaypassError)) throw error;
    throw new DaypassError(error.code, error.message, { param: 'allowedPlans' });
  }
}
