import { groupName, type RequestBody, readRequest, required } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { userOfRequest } from '../admin/admin-user.ts';

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
