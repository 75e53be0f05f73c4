import { assertChangedAttributes, assertWritable } from './attributes.ts';
import { notSupportedHere } from './errors.ts';
import { attributeList, type RequestBody, readRequest, required, token } from './request-fields.ts';
import type { CognitoState } from './state.ts';

export function updateUserAttributes(
  state: Pick<CognitoState, 'accessTokens' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, { AccessToken: required(token), UserAttributes: attributeList });
  const { client, pool, user } = state.accessTokens.authorize(input.AccessToken);
  assertWritable(client, input.UserAttributes);
  assertChangedAttributes(pool, input.UserAttributes);
  const { email = user.attributes.email } = input.UserAttributes;
  // It would need VerifyUserAttribute, which isn't here either.
  if (email !== user.attributes.email) throw notSupportedHere('Changing the attribute email by its user');
  state.users.change(pool, user.sub, ({ attributes }) => ({
    attributes: { ...attributes, ...input.UserAttributes },
  }));
  return { CodeDeliveryDetailsList: [] };
}
