import type { UserRecord } from '../accounts/ports.ts';
import { firstStatus, type SignUpPolicy } from '../catalog.ts';
import { describeOwnLimits } from '../metering/user-limits.ts';
import type { DirectoryUser } from './ports.ts';

/** A user as admins see them. Users who have never called have no record. */
export function describeUser(
  user: DirectoryUser,
  record: UserRecord | undefined,
  policy: Pick<SignUpPolicy, 'approval'>,
) {
  return {
    id: user.userId,
    email: user.email,
    emailVerified: user.emailVerified,
    status: statusOf(user, record, policy),
    allowedPlans: record?.allowedPlans === undefined ? null : [...record.allowedPlans],
    limits: describeOwnLimits(record?.limits),
    endsAt: iso(record?.endsAt),
    closedBecause: record?.status === 'suspended' ? (record.closedBecause ?? null) : null,
    lastSeenAt: iso(record?.lastSeenAt),
    createdAt: new Date(user.createdAt).toISOString(),
  };
}

const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());

/** A user whom an operator has disabled in Cognito can't log in, and the reconciler's next pass suspends them here too. */
function statusOf(
  { state, isEnabled }: DirectoryUser,
  record: UserRecord | undefined,
  policy: Pick<SignUpPolicy, 'approval'>,
) {
  if (record?.status === 'deleting' || record?.status === 'suspended') return record.status;
  if (!isEnabled || (record?.endsAt ?? Number.POSITIVE_INFINITY) <= Date.now()) return 'suspended';
  if (state !== 'confirmed') return state;
  if (record?.invitedAt !== undefined && record.lastSeenAt === undefined) return 'invited';
  return (record?.status ?? firstStatus(policy)) === 'waiting' ? 'waiting' : 'active';
}
