import { codeMismatch } from '../../errors.ts';
import {
  confirmationCode,
  type RequestBody,
  readRequest,
  required,
  text,
  token,
} from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';

/** The code mailed to a new address makes it the user's, verified. */
export async function verifyUserAttribute(
  state: Pick<CognitoState, 'accessTokens' | 'codes' | 'pendingEmails' | 'users'>,
  body: RequestBody,
): Promise<object> {
  const input = readRequest(body, {
    AccessToken: required(token),
    AttributeName: required(text({ oneOf: ['email'] })),
    Code: required(confirmationCode),
  });
  const { pool, user } = state.accessTokens.authorize(input.AccessToken);
  await state.codes.redeem(pool.id, 'verify-email', user.sub, input.Code);
  const email = state.pendingEmails.get(`${pool.id}/${user.sub}`);
  if (email === undefined) throw codeMismatch();
  state.users.change(pool, user.sub, ({ attributes }) => ({
    attributes: { ...attributes, email, email_verified: 'true' },
  }));
  state.pendingEmails.delete(`${pool.id}/${user.sub}`);
  return {};
}
