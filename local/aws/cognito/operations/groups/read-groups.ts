import { pageOf } from '../../list-page.ts';
import type { Pool } from '../../pools/pools.ts';
import {
  groupName,
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { describeGroup, type Group } from '../../users/groups.ts';

type GroupState = Pick<CognitoState, 'groups' | 'pools'>;

export function getGroup(state: GroupState, body: RequestBody): object {
  return { Group: describeGroup(groupOfRequest(state, body).group) };
}

export function groupOfRequest(state: GroupState, body: RequestBody): { pool: Pool; group: Group } {
  const input = readRequest(body, { UserPoolId: required(userPoolId), GroupName: required(groupName) });
  const pool = state.pools.get(input.UserPoolId);
  return { pool, group: state.groups.get(pool.id, input.GroupName) };
}

export function listGroups(state: Pick<CognitoState, 'groups' | 'pools'>, body: RequestBody): object {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    Limit: integer({ min: 0, max: 60 }),
    NextToken: pageToken,
  });
  const groups = state.groups.list(state.pools.get(input.UserPoolId).id);
  const page = pageOf(groups, ({ name }) => name, { limit: input.Limit, token: input.NextToken });
  return { Groups: page.items.map(describeGroup), NextToken: page.next };
}
