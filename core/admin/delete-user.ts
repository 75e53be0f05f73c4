import { type DeleteAccountPorts, deleteAccountNow } from '../accounts/delete-account.ts';
import type { AdminDirectory, AdminUserRecords } from './ports.ts';
import { noSuchUser } from './users.ts';

export interface DeleteUserPorts extends DeleteAccountPorts {
  users: DeleteAccountPorts['users'] & Pick<AdminUserRecords, 'read'>;
  directory: DeleteAccountPorts['directory'] & Pick<AdminDirectory, 'find'>;
}

/**
 * Deletes a user as the user's own leaving does. A deletion that was cut off goes on, although the directory may no longer have
 * the user.
 * @throws DaypassError `not_found`, `service_unavailable` if the reconciler has to finish it
 */
export async function deleteUser(
  ports: DeleteUserPorts,
  userId: string,
  hasTime: () => boolean,
): Promise<void> {
  const [user, records] = await Promise.all([ports.directory.find(userId), ports.users.read([userId])]);
  if (user === undefined && !records.has(userId)) throw noSuchUser();
  await deleteAccountNow(ports, userId, hasTime, 'admin');
}
