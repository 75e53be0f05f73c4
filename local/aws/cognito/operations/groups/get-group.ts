import type { Pool } from '../../pools/pools.ts';
import { groupName, type RequestBody, readRequest, required, userPoolId } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
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
