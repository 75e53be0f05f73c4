import { type DeleteAccountPorts, deleteAccountNow } from '../accounts/delete-account.ts';
import { firstStatus, type SignUpPolicy } from '../catalog.ts';
import type { Notice, NoticeKind } from '../mail/notices.ts';
import type { AdminDirectory, AdminUserRecords } from './ports.ts';
import { noSuchUser } from './users.ts';

export interface DeleteUserPorts extends DeleteAccountPorts {
  users: DeleteAccountPorts['users'] & Pick<AdminUserRecords, 'read'>;
  directory: DeleteAccountPorts['directory'] & Pick<AdminDirectory, 'find'>;
  signUp: Pick<SignUpPolicy, 'approval'>;
  /** Whether users are told by mail. */
  sendsMails: boolean;
}

/**
 * Deletes a user as the user's own leaving does. A deletion that was cut off goes on, although the directory may no longer have
 * the user. Whoever waited for approval is told that there is none.
 * @returns what the user is to be told by mail; undefined: nothing
 * @throws DaypassError `not_found`, `service_unavailable` if the reconciler has to finish it
 */
export async function deleteUser(
  ports: DeleteUserPorts,
  userId: string,
  hasTime: () => boolean,
): Promise<NoticeKind | undefined> {
  const [user, records] = await Promise.all([ports.directory.find(userId), ports.users.read([userId])]);
  if (user === undefined && !records.has(userId)) throw noSuchUser();
  const isWaiting = (records.get(userId)?.status ?? firstStatus(ports.signUp)) === 'waiting';
  if (user === undefined || !isWaiting) {
    await deleteAccountNow(ports, userId, hasTime, { as: 'admin' });
    return undefined;
  }
  const notice: Notice = { kind: 'refused', userId, email: user.email, at: ports.clock.now() };
  await deleteAccountNow(ports, userId, hasTime, {
    as: 'admin',
    notice: ports.sendsMails ? notice : undefined,
  });
  return notice.kind;
}
