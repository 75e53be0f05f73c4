import { DaypassError } from '../errors.ts';
import type { UserRecord } from './ports.ts';

/** Who calls, as the verified login token tells it. */
export interface Caller {
  userId: string;
  email: string;
  emailVerified: boolean;
  groups: readonly string[];
}

/** @throws DaypassError `user_suspended`, or `unauthorized` of an account that is gone, unless the user may act */
export function requireActive(user: UserRecord, cause?: unknown): void {
  if (user.status === 'active') return;
  if (user.status === 'deleting') throw accountDeleted(cause);
  throw new DaypassError('user_suspended', 'This account is suspended. Ask the operator of this service.', {
    cause,
  });
}

/**
 * A key outlives a login, so nobody makes one by an address that is not proven to be theirs.
 * @throws DaypassError `email_not_confirmed`
 */
export function requireConfirmed({ emailVerified }: Pick<Caller, 'emailVerified'>): void {
  if (emailVerified) return;
  throw new DaypassError(
    'email_not_confirmed',
    'Confirm your e-mail address first, then log in again: a key belongs to a proven address.',
  );
}

export function accountDeleted(cause?: unknown): DaypassError {
  return new DaypassError('unauthorized', 'This account was deleted.', { cause });
}

/**
 * Runs what only an active user may do. Where it failed and the user is active no more, that is why: a deletion
 * takes away what the work had made so far.
 * @throws DaypassError as `requireActive`, and what `work` throws
 */
export async function whileActive<T>(
  findUser: () => Promise<UserRecord>,
  work: (user: UserRecord) => Promise<T>,
): Promise<T> {
  const user = await findUser();
  requireActive(user);
  try {
    return await work(user);
  } catch (error) {
    requireActive(await findUser().catch(() => user), error);
    throw error;
  }
}
