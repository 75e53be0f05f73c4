import { DaypassError } from '../errors.ts';
import type { UserRecord } from './ports.ts';

/** The caller, from the verified login token. */
export interface Caller {
  userId: string;
  email: string;
  emailVerified: boolean;
  groups: readonly string[];
}

/** @throws DaypassError `user_suspended`, `awaiting_approval`, or `unauthorized` of an account that is gone, unless the user may act */
export function requireActive(user: UserRecord, cause?: unknown): void {
  if (user.status === 'active') return;
  if (user.status === 'deleting') throw accountDeleted(cause);
  if (user.status === 'waiting') throw awaitingApproval(cause);
  throw accountSuspended(cause);
}

/**
 * A key outlives a login, so it can be created only with a confirmed address.
 * @throws DaypassError `email_not_confirmed`
 */
export function requireConfirmed({ emailVerified }: Pick<Caller, 'emailVerified'>): void {
  if (emailVerified) return;
  throw new DaypassError(
    'email_not_confirmed',
    'Confirm your e-mail address first, then log in again: a key belongs to a proven address.',
  );
}

export function accountSuspended(cause?: unknown): DaypassError {
  return new DaypassError('user_suspended', 'This account is suspended. Ask the operator of this service.', {
    cause,
  });
}

export function awaitingApproval(cause?: unknown): DaypassError {
  return new DaypassError(
    'awaiting_approval',
    'An admin of this service has not approved your account yet. GET /v1/me tells when it is active.',
    { cause },
  );
}

export function accountDeleted(cause?: unknown): DaypassError {
  return new DaypassError('unauthorized', 'This account was deleted.', { cause });
}

/**
 * Runs what only an active user may do. If it fails and the user is no longer active, that is the reason: a deletion removes
 * what the work has created.
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
