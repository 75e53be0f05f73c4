import { incorrectPassword } from '../../errors.ts';
import { createCredential } from '../../passwords/credential.ts';
import { assertPasswordConforms } from '../../passwords/password-policy.ts';
import { matchesSlowHash } from '../../passwords/slow-hash.ts';
import { password, type RequestBody, readRequest, required, token } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';

export async function changePassword(
  state: Pick<CognitoState, 'accessTokens' | 'limits' | 'randomness' | 'users'>,
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
  if (!(await matchesSlowHash(input.PreviousPassword, user.credential.password))) throw incorrectPassword();
  const credential = await createCredential(pool, user.username, input.ProposedPassword, state.randomness);
  state.users.change(pool, user.sub, () => ({ credential }));
  state.limits.reset(pool.id, 'change-password', user.sub);
  return {};
}
