import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import type { User } from '../../users/users.ts';
import { userOfRequest } from './admin-user.ts';

export function adminUserGlobalSignOut(
  state: Pick<CognitoState, 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, endLogins);
  return {};
}

/** Every token issued so far stops working. */
export const endLogins = (user: User): Partial<User> => ({ generation: user.generation + 1 });
