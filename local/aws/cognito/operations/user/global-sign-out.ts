import { type RequestBody, readRequest, required, token } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import type { User } from '../../users/users.ts';

export function globalSignOut(
  state: Pick<CognitoState, 'accessTokens' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { AccessToken: required(token) });
  const { pool, user } = state.accessTokens.authorize(input.AccessToken);
  state.users.change(pool, user.sub, endSignIns);
  return {};
}

/** Every token given out so far stops working. */
export const endSignIns = (user: User): Partial<User> => ({ generation: user.generation + 1 });
