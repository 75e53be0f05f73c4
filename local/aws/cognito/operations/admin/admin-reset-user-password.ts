import type { RequestBody } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { notResettable, noVerifiedAddress, verifiedEmail } from '../passwords/forgot-password.ts';
import { userOfRequest } from './admin-user.ts';

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
