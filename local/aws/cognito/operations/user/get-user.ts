import { type RequestBody, readRequest, required, token } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { readableAttributes } from '../../users/attributes.ts';
import { describeAttributes } from '../../users/users.ts';

export function getUser(state: Pick<CognitoState, 'accessTokens'>, body: RequestBody): object {
  const input = readRequest(body, { AccessToken: required(token) });
  const { client, user } = state.accessTokens.authorize(input.AccessToken);
  return {
    Username: user.username,
    UserAttributes: describeAttributes(readableAttributes(client, user.attributes), user.sub),
  };
}
