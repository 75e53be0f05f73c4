import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { groupOfRequest } from './get-group.ts';

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
