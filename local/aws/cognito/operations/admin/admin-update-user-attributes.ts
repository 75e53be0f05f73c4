import { attributeList, type RequestBody, readRequest } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { assertChangedAttributes } from '../../users/attributes.ts';
import { userOfRequest } from './admin-user.ts';

/** A changed address counts as unverified unless the same request says otherwise. */
export function adminUpdateUserAttributes(
  state: Pick<CognitoState, 'pools' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { UserAttributes: attributeList });
  const { pool, user } = userOfRequest(state, body);
  assertChangedAttributes(pool, input.UserAttributes);
  state.users.change(pool, user.sub, ({ attributes }) => {
    const moved = input.UserAttributes.email !== undefined && input.UserAttributes.email !== attributes.email;
    const mark = moved ? { email_verified: 'false' } : {};
    return { attributes: { ...attributes, ...mark, ...input.UserAttributes } };
  });
  return {};
}
