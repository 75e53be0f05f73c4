import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { userOfRequest } from './admin-user.ts';

/** Deletes a user and what is kept about them. Their tokens fail, since they name no user any more. */
export function adminDeleteUser(
  state: Pick<CognitoState, 'codes' | 'lockouts' | 'pools' | 'users'>,
  body: RequestBody,
): object {
  const { pool, user } = userOfRequest(state, body);
  state.users.delete(pool, user.sub);
  state.codes.forget(pool.id, 'confirm-sign-up', user.sub);
  state.codes.forget(pool.id, 'confirm-forgot-password', user.sub);
  state.lockouts.succeeded(pool.id, user.sub);
  return {};
}
