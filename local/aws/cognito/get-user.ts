import { readableAttributes } from './attributes.ts';
import { type RequestBody, readRequest, required, token } from './request-fields.ts';
import type { CognitoState } from './state.ts';
import { describeAttributes } from './users.ts';

export function getUser(state: Pick<CognitoState, 'accessTokens'>, body: RequestBody): object {
  const input = readRequest(body, { AccessToken: required(token) });
  const { client, user } = state.accessTokens.authorize(input.AccessToken);
  return {
    Username: user.username,
    UserAttributes: describeAttributes(readableAttributes(client, user.attributes), user.sub),
  };
}
