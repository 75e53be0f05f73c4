import { DaypassError } from './errors.ts';
import type { UserRecord } from './ports.ts';

/** Who calls, as the verified login token tells it. */
export interface Caller {
  userId: string;
  email: string;
  emailVerified: boolean;
  groups: readonly string[];
}

/** @throws DaypassError `user_suspended` unless the user may act */
export function requireActive(user: UserRecord): void {
  if (user.status === 'active') return;
  throw new DaypassError(
    'user_suspended',
    user.status === 'suspended'
      ? 'This account is suspended. Ask the operator of this service.'
      : 'This account is being deleted.',
  );
}
