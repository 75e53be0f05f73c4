import { pageOf } from '../../page.ts';
import {
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
  text,
  textList,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { parseUserFilter } from '../../users/user-filter.ts';
import { describeUser } from '../../users/users.ts';

export function listUsers(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    AttributesToGet: textList,
    Limit: integer({ min: 0, max: 60 }),
    PaginationToken: pageToken,
    Filter: text({ max: 256 }),
  });
  const pool = state.pools.get(input.UserPoolId);
  const found = state.users.list(pool.id).filter(parseUserFilter(pool, input.Filter));
  const page = pageOf(found, ({ sub }) => sub, { limit: input.Limit, token: input.PaginationToken });
  const users = page.items.map((user) => {
    const described = describeUser(user);
    const wanted = ({ Name }: { Name: string }) => input.AttributesToGet?.includes(Name) ?? true;
    return { ...described, Attributes: described.Attributes.filter(wanted) };
  });
  return { Users: users, PaginationToken: page.next };
}
