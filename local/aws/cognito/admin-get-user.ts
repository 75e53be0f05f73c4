import { userOfRequest } from './admin-user.ts';
import type { RequestBody } from './request-fields.ts';
import type { CognitoState } from './state.ts';
import { describeUser } from './users.ts';

export function adminGetUser(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const { Attributes, ...described } = describeUser(userOfRequest(state, body).user);
  return { ...described, UserAttributes: Attributes };
}
