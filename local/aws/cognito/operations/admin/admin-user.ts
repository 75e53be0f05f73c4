import type { Pool } from '../../pools/pools.ts';
import { type RequestBody, readRequest, required, username, userPoolId } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import type { User } from '../../users/users.ts';

/** The user that an administrator's request names. */
export function userOfRequest(
  state: Pick<CognitoState, 'pools' | 'users'>,
  body: RequestBody,
): { pool: Pool; user: User } {
  const input = readRequest(body, { UserPoolId: required(userPoolId), Username: required(username) });
  const pool = state.pools.get(input.UserPoolId);
  return { pool, user: state.users.get(pool, input.Username) };
}
