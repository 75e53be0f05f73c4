import type { Directory } from '../accounts/ports.ts';
import type { AuditAction } from '../audit.ts';
import { DaypassError } from '../errors.ts';
import { requireFuture } from './change-user.ts';
import type { AdminDirectory, AdminUserRecords, DirectoryUser } from './ports.ts';

export interface InviteUserPorts {
  directory: Pick<AdminDirectory, 'create' | 'findByEmail' | 'makeUsable'> &
    Pick<Directory, 'forgotPassword'>;
  users: Pick<AdminUserRecords, 'change'>;
  /** Lets the user in: an admin who invites approves. */
  approve(user: DirectoryUser): Promise<unknown>;
  record(event: { action: AuditAction; userId: string; at: number }): Promise<void>;
}

/**
 * Makes an account for an address and mails a code, by which its owner sets the first password. No password is mailed, and nobody
 * knows one until then. An invitation that was cut off goes on with the next call.
 * @throws DaypassError `email_taken`
 */
export async function inviteUser(
  { directory, record, approve, users }: InviteUserPorts,
  { email, endsAt }: { email: string; endsAt?: number | undefined },
  now: number,
): Promise<DirectoryUser> {
  requireFuture(endsAt, now);
  const user = (await directory.create(email)) ?? (await findUnfinished(directory, email));
  // The account can't be used yet, so it may be there although this fails.
  await record({ action: 'user.invited', userId: user.userId, at: now });
  await approve(user);
  await users.change(user, { invitedAt: now, endsAt });
  await directory.makeUsable(user.userId);
  await directory.forgotPassword(email);
  return { ...user, state: 'confirmed' };
}

async function findUnfinished(
  directory: InviteUserPorts['directory'],
  email: string,
): Promise<DirectoryUser> {
  const user = await directory.findByEmail(email);
  if (user?.state === 'invited') return user;
  throw new DaypassError('email_taken', 'This e-mail address already has an account.', { param: 'email' });
}
