import {
  groupName,
  integer,
  type RequestBody,
  readRequest,
  required,
  text,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { describeGroup } from '../../users/groups.ts';
import { groupOfRequest } from './read-groups.ts';

export function createGroup(state: Pick<CognitoState, 'groups' | 'pools'>, body: RequestBody): object {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    GroupName: required(groupName),
    Description: text({ max: 2048 }),
    RoleArn: text({ min: 20, max: 2048 }),
    Precedence: integer({ min: 0 }),
  });
  const pool = state.pools.get(input.UserPoolId);
  const group = state.groups.create(pool.id, input.GroupName, {
    description: input.Description,
    roleArn: input.RoleArn,
    precedence: input.Precedence,
  });
  return { Group: describeGroup(group) };
}

/** Memberships go with the group: a later group of the same name starts empty. */
export function deleteGroup(
  state: Pick<CognitoState, 'groups' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, group } = groupOfRequest(state, body);
  for (const member of state.users.list(pool.id).filter(({ groups }) => groups.includes(group.name))) {
    state.users.change(pool, member.sub, ({ groups }) => ({
      groups: groups.filter((name) => name !== group.name),
    }));
  }
  state.groups.delete(pool.id, group.name);
  return {};
}
