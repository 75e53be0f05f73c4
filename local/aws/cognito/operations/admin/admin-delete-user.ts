import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { removeUser } from '../user/delete-user.ts';
import { userOfRequest } from './admin-user.ts';

export function adminDeleteUser(
  state: Pick<CognitoState, 'codes' | 'lockouts' | 'pendingEmails' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  removeUser(state, pool, user);
  return {};
}
