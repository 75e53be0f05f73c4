import { notAuthorized } from '../../errors.ts';
import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { userOfRequest } from './admin-user.ts';

/** Confirms the account without a code. The address stays unverified, unlike after the user's own confirmation. */
export function adminConfirmSignUp(
  state: Pick<CognitoState, 'codes' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  if (user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  state.users.change(pool, user.sub, () => ({ status: 'CONFIRMED' }));
  state.codes.forget(pool.id, 'confirm-sign-up', user.sub);
  return {};
}
