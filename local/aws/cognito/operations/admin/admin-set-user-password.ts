import { assertPasswordConforms, temporaryPasswordExpiry } from '../../passwords/password-policy.ts';
import { flag, password, type RequestBody, readRequest, required } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { userOfRequest } from './admin-user.ts';

export async function adminSetUserPassword(
  state: Pick<CognitoState, 'clock' | 'hashes' | 'lockouts' | 'pools' | 'users'>,
  body: RequestBody,
): Promise<object> {
  const input = readRequest(body, { Password: required(password), Permanent: flag });
  const { pool, user } = userOfRequest(state, body);
  assertPasswordConforms(pool, input.Password);
  const credential = { password: await state.hashes.make(input.Password) };
  state.users.change(pool, user.sub, () =>
    input.Permanent
      ? { credential, status: 'CONFIRMED', temporaryUntil: undefined }
      : {
          credential,
          status: 'FORCE_CHANGE_PASSWORD',
          temporaryUntil: temporaryPasswordExpiry(pool, state.clock.now()),
        },
  );
  state.lockouts.succeeded(pool.id, user.sub);
  return {};
}
