import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { userOfRequest } from './admin-user.ts';
import { endLogins } from './admin-user-global-sign-out.ts';

/** Also revokes the user's tokens, so that enabling the account later doesn't bring them back. */
export function adminDisableUser(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, (current) => ({ ...endLogins(current), enabled: false }));
  return {};
}
