import { pageOf } from '../../list-page.ts';
import {
  groupName,
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { describeGroup } from '../../users/groups.ts';
import { describeUser } from '../../users/users.ts';
import { userOfRequest } from '../admin/admin-user.ts';
import { groupOfRequest } from './read-groups.ts';

export function adminAddUserToGroup(
  state: Pick<CognitoState, 'groups' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { GroupName } = readRequest(body, { GroupName: required(groupName) });
  const { pool, user } = userOfRequest(state, body);
  state.groups.get(pool.id, GroupName);
  state.users.change(pool, user.sub, ({ groups }) => ({ groups: [...new Set([...groups, GroupName])] }));
  return {};
}

export function adminRemoveUserFromGroup(
  state: Pick<CognitoState, 'groups' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { GroupName } = readRequest(body, { GroupName: required(groupName) });
  const { pool, user } = userOfRequest(state, body);
  state.groups.get(pool.id, GroupName);
  state.users.change(pool, user.sub, ({ groups }) => ({
    groups: groups.filter((name) => name !== GroupName),
  }));
  return {};
}

export function adminListGroupsForUser(
  state: Pick<CognitoState, 'groups' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { Limit: integer({ min: 0, max: 60 }), NextToken: pageToken });
  const { pool, user } = userOfRequest(state, body);
  const groups = state.groups.list(pool.id).filter(({ name }) => user.groups.includes(name));
  const page = pageOf(groups, ({ name }) => name, { limit: input.Limit, token: input.NextToken });
  return { Groups: page.items.map(describeGroup), NextToken: page.next };
}

export function listUsersInGroup(
  state: Pick<CognitoState, 'groups' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { Limit: integer({ min: 0, max: 60 }), NextToken: pageToken });
  const { pool, group } = groupOfRequest(state, body);
  const members = state.users.list(pool.id).filter(({ groups }) => groups.includes(group.name));
  const page = pageOf(members, ({ sub }) => sub, { limit: input.Limit, token: input.NextToken });
  return { Users: page.items.map(describeUser), NextToken: page.next };
}
