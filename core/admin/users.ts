import type { SignUpPolicy } from '../catalog.ts';
import { DaypassError } from '../errors.ts';
import type { HoldKeysPorts } from '../keys/hold-keys.ts';
import { liveKeys } from '../keys/hold-keys.ts';
import type { UserLimits } from '../keys/ports.ts';
import { describeUserWindow, type UserStanding } from '../metering/user-limits.ts';
import { mayUsePlan, type Plan } from '../plans.ts';
import { describeUser } from './describe-user.ts';
import type { AdminDirectory, AdminUserRecords, DirectoryUser } from './ports.ts';

export interface FindUserPorts {
  directory: Pick<AdminDirectory, 'find' | 'groupsOf'>;
  users: Pick<AdminUserRecords, 'read'>;
  records: HoldKeysPorts['records'];
  plans: readonly Plan[];
  signUp: Pick<SignUpPolicy, 'approval'>;
  standingsOf(user: { email: string; limits?: UserLimits | undefined }): Promise<UserStanding[]>;
}

export interface ListUsersPorts {
  directory: Pick<AdminDirectory, 'list'>;
  users: Pick<AdminUserRecords, 'read'>;
  signUp: Pick<SignUpPolicy, 'approval'>;
}

type ListUsersQuery = Parameters<AdminDirectory['list']>[0] & {
  status?: ReturnType<typeof describeUser>['status'] | undefined;
};

/** Pages of the directory that a page of ours reads at most: it knows no status of ours, so we leave out the others. */
const mostPages = 5;

/** A page of users, in the directory's order. */
export async function listUsers(
  { directory, users, signUp }: ListUsersPorts,
  { status, ...query }: ListUsersQuery,
) {
  const data: ReturnType<typeof describeUser>[] = [];
  let { cursor } = query;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await directory.list({ ...query, limit: query.limit - data.length, cursor });
    const records = await users.read(page.users.map(({ userId }) => userId));
    const described = page.users.map((user) => describeUser(user, records.get(user.userId), signUp));
    data.push(...described.filter((user) => status === undefined || user.status === status));
    cursor = page.nextCursor ?? undefined;
    if (cursor === undefined || status === undefined || data.length === query.limit) break;
  }
  return { data, nextCursor: cursor ?? null };
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
  const holder = { ...user, groups, allowedPlans: record?.allowedPlans, billing: record?.billing };
  const windows = await ports.standingsOf({ email: user.email, limits: record?.limits });
  return {
    ...describeUser(user, record, ports.signUp),
    groups,
    authenticator: user.usesAuthenticator === true ? ('on' as const) : ('off' as const),
    plans: ports.plans.filter((plan) => mayUsePlan(plan, holder, Date.now())).map(({ name }) => name),
    keys: keys.length,
    windows: windows.map(describeUserWindow),
  };
}

export function noSuchUser(): DaypassError {
  return new DaypassError('not_found', 'There is no such user. GET /v1/admin/users lists all of them.');
}
