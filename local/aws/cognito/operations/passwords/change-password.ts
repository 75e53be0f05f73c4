import { incorrectPassword } from '../../errors.ts';
import { assertPasswordConforms } from '../../passwords/password-policy.ts';
import { password, type RequestBody, readRequest, required, token } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';

export async function changePassword(
  state: Pick<CognitoState, 'accessTokens' | 'hashes' | 'limits' | 'users'>,
  body: RequestBody,
): Promise<object> {
  const input = readRequest(body, {
    AccessToken: required(token),
    PreviousPassword: required(password),
    ProposedPassword: required(password),
  });
  const { pool, user } = state.accessTokens.authorize(input.AccessToken);
  assertPasswordConforms(pool, input.ProposedPassword);
  state.limits.take(pool.id, 'change-password', user.sub);
  if (!(await state.hashes.match(input.PreviousPassword, user.credential.password)))
    throw incorrectPassword();
  const credential = { password: await state.hashes.make(input.ProposedPassword) };
  state.users.change(pool, user.sub, () => ({ credential }));
  state.limits.reset(pool.id, 'change-password', user.sub);
  return {};
}
