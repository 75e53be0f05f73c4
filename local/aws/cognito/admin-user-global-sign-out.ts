import { userOfRequest } from './admin-user.ts';
import { endSignIns } from './global-sign-out.ts';
import type { RequestBody } from './request-fields.ts';
import type { CognitoState } from './state.ts';

export function adminUserGlobalSignOut(
  state: Pick<CognitoState, 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, endSignIns);
  return {};
}
