import type { AuthAnswer } from './after-password.ts';
import type { SignInState } from './initiate-auth.ts';
import { type RequestBody, readRequest, required, userPoolId } from './request-fields.ts';
import { answerChallenge, challengeFields } from './respond-to-auth-challenge.ts';

export async function adminRespondToAuthChallenge(
  state: SignInState,
  body: RequestBody,
): Promise<AuthAnswer> {
  const input = readRequest(body, { UserPoolId: required(userPoolId), ...challengeFields });
  const { client, pool } = state.clients.inPool(input.UserPoolId, input.ClientId);
  return answerChallenge(state, pool, client, input);
}
