import { assertPasswordConforms, temporaryPasswordExpiry } from '../../passwords/password-policy.ts';
import { flag, password, type RequestBody, readRequest, required } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { notResettable, noVerifiedAddress, verifiedEmail } from '../passwords/forgot-password.ts';
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

/** The password stops working and the user gets a code for ConfirmForgotPassword. */
export async function adminResetUserPassword(
  state: Pick<CognitoState, 'codes' | 'messages' | 'pools' | 'users'>,
  body: RequestBody,
): Promise<object> {
  const { pool, user } = userOfRequest(state, body);
  if (user.status !== 'CONFIRMED' && user.status !== 'RESET_REQUIRED') throw notResettable();
  const email = verifiedEmail(user);
  if (email === undefined) throw noVerifiedAddress();
  state.users.change(pool, user.sub, () => ({ status: 'RESET_REQUIRED' }));
  state.messages.sendCode(pool, email, await state.codes.issue(pool.id, 'confirm-forgot-password', user.sub));
  return {};
}
