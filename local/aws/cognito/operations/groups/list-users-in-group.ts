import { pageOf } from '../../page.ts';
import { integer, pageToken, type RequestBody, readRequest } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { describeUser } from '../../users/users.ts';
import { groupOfRequest } from './get-group.ts';

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
