import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { describeUser } from '../../users/users.ts';
import { userOfRequest } from './admin-user.ts';

export function adminGetUser(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const { Attributes, ...described } = describeUser(userOfRequest(state, body).user);
  return { ...described, UserAttributes: Attributes };
}
