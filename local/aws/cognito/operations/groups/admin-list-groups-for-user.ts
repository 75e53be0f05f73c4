import { pageOf } from '../../page.ts';
import { integer, pageToken, type RequestBody, readRequest } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { describeGroup } from '../../users/groups.ts';
import { userOfRequest } from '../admin/admin-user.ts';

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
