import { liveCaller } from '../accounts/live-caller.ts';
import type { SessionEnds } from '../accounts/ports.ts';
import { type Caller, requireConfirmed } from '../accounts/users.ts';
import { DaypassError } from '../errors.ts';
import { adminGroup } from '../plans.ts';
import type { AdminDirectory } from './ports.ts';

export interface LiveAdminPorts {
  ends: Pick<SessionEnds, 'lastOf'>;
  directory: Pick<AdminDirectory, 'groupsOf'>;
}

/**
 * The caller, if an admin. A token names the groups of its login and lives for up to an hour, so the directory is asked on
 * each call: a removed admin is out at once. Strangers are refused without asking it.
 * @throws DaypassError `forbidden`, `email_not_confirmed`, and what `liveCaller` throws
 */
export async function liveAdmin(
  { ends, directory }: LiveAdminPorts,
  claims: Record<string, unknown> | undefined,
): Promise<Caller> {
  const caller = await liveCaller(ends, claims);
  if (!caller.groups.includes(adminGroup)) throw adminsOnly();
  requireConfirmed(caller);
  if (!(await directory.groupsOf(caller.userId)).includes(adminGroup)) throw adminsOnly();
  return caller;
}

function adminsOnly(): DaypassError {
  return new DaypassError(
    'forbidden',
    'Only admins may make this call. Whoever was made an admin just now has to log in again.',
  );
}
