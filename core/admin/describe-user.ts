import type { UserRecord } from '../accounts/ports.ts';
import { describeOwnLimits } from '../metering/user-limits.ts';
import type { DirectoryUser } from './ports.ts';

/** A user as admins see them. Users who have never called have no record. */
export function describeUser(user: DirectoryUser, record: UserRecord | undefined) {
  return {
    id: user.userId,
    email: user.email,
    emailVerified: user.emailVerified,
    status: statusOf(user, record),
    allowedPlans: record?.allowedPlans === undefined ? null : [...record.allowedPlans],
    limits: describeOwnLimits(record?.limits),
    createdAt: new Date(user.createdAt).toISOString(),
  };
}

/** A user whom an operator has disabled in Cognito can't log in, and the reconciler's next pass suspends them here too. */
function statusOf({ state, isEnabled }: DirectoryUser, record: UserRecord | undefined) {
  if (record?.status === 'deleting' || record?.status === 'suspended') return record.status;
  if (!isEnabled) return 'suspended';
  return state === 'confirmed' ? 'active' : state;
}
