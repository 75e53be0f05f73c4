import type { Pool } from '../../pools/pools.ts';
import { type RequestBody, readRequest, required, token } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import type { User } from '../../users/users.ts';

type DeletionState = Pick<CognitoState, 'codes' | 'lockouts' | 'pendingEmails' | 'users'>;

export function deleteUser(
  state: DeletionState & Pick<CognitoState, 'accessTokens'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { AccessToken: required(token) });
  const { pool, user } = state.accessTokens.authorize(input.AccessToken);
  removeUser(state, pool, user);
  return {};
}

/** A user and what is kept about them; their tokens fail for want of a user. */
export function removeUser(state: DeletionState, pool: Pool, user: User): void {
  state.users.delete(pool, user.sub);
  state.codes.forget(pool.id, 'confirm-sign-up', user.sub);
  state.codes.forget(pool.id, 'confirm-forgot-password', user.sub);
  state.codes.forget(pool.id, 'verify-email', user.sub);
  state.pendingEmails.delete(`${pool.id}/${user.sub}`);
  state.lockouts.succeeded(pool.id, user.sub);
}
