import { DaypassError } from '../errors.ts';
import type { HoldKeysPorts } from '../keys/hold-keys.ts';
import { liveKeys } from '../keys/hold-keys.ts';
import type { UserLimits } from '../keys/ports.ts';
import { describeUserWindow, type UserStanding } from '../metering/user-limits.ts';
import { describeUser } from './describe-user.ts';
import type { AdminDirectory, AdminUserRecords, DirectoryUser } from './ports.ts';

export interface FindUserPorts {
  directory: Pick<AdminDirectory, 'find' | 'groupsOf'>;
  users: Pick<AdminUserRecords, 'read'>;
  records: HoldKeysPorts['records'];
  standingsOf(user: { email: string; limits?: UserLimits | undefined }): Promise<UserStanding[]>;
}

/** A page of users, in the directory's order. */
export async function listUsers(
  { directory, users }: { directory: Pick<AdminDirectory, 'list'>; users: Pick<AdminUserRecords, 'read'> },
  query: Parameters<AdminDirectory['list']>[0],
) {
  const page = await directory.list(query);
  const records = await users.read(page.users.map(({ userId }) => userId));
  return {
    data: page.users.map((user) => describeUser(user, records.get(user.userId))),
    nextCursor: page.nextCursor,
  };
}

/** @throws DaypassError `not_found` */
export async function findUser(
  { directory }: { directory: Pick<AdminDirectory, 'find'> },
  userId: string | undefined,
): Promise<DirectoryUser> {
  const user = userId === undefined || userId === '' ? undefined : await directory.find(userId);
  if (user === undefined) throw noSuchUser();
  return user;
}

/** With what costs a call for each user. */
export async function describeInFull(ports: FindUserPorts, user: DirectoryUser) {
  const [records, groups, keys] = await Promise.all([
    ports.users.read([user.userId]),
    ports.directory.groupsOf(user.userId),
    liveKeys(ports.records, user.userId),
  ]);
  const record = records.get(user.userId);
  const windows = await ports.standingsOf({ email: user.email, limits: record?.limits });
  return {
    ...describeUser(user, record),
    groups,
    keys: keys.length,
    windows: windows.map(describeUserWindow),
  };
}

export function noSuchUser(): DaypassError {
  return new DaypassError('not_found', 'There is no such user. GET /v1/admin/users lists all of them.');
}
