import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import type { User } from '../../users/users.ts';
import { userOfRequest } from './admin-user.ts';

export function adminEnableUser(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, () => ({ enabled: true }));
  return {};
}

/** Also revokes the user's tokens, so that enabling the account later doesn't bring them back. */
export function adminDisableUser(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, (current) => ({ ...endLogins(current), enabled: false }));
  return {};
}

export function adminUserGlobalSignOut(
  state: Pick<CognitoState, 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, endLogins);
  return {};
}

/** Every token issued so far stops working. */
const endLogins = (user: User): Partial<User> => ({ generation: user.generation + 1 });
