import { pageOf } from '../../page.ts';
import {
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { describeGroup } from '../../users/groups.ts';

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
