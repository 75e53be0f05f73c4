import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { userOfRequest } from './admin-user.ts';

export function adminEnableUser(state: Pick<CognitoState, 'pools' | 'users'>, body: RequestBody): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.change(pool, user.sub, () => ({ enabled: true }));
  return {};
}
