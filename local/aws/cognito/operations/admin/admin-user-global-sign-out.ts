import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { endSignIns } from '../user/global-sign-out.ts';
import { userOfRequest } from './admin-user.ts';

export function adminUserGlobalSignOut(
  state: Pick<CognitoState, 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, endSignIns);
  return {};
}
