import type { AuthAnswer } from '../../log-in/after-password.ts';
import { type RequestBody, readRequest, required, userPoolId } from '../../request-fields.ts';
import type { SignInState } from './initiate-auth.ts';
import { answerChallenge, challengeFields } from './respond-to-auth-challenge.ts';

export async function adminRespondToAuthChallenge(
  state: SignInState,
  body: RequestBody,
): Promise<AuthAnswer> {
  const input = readRequest(body, { UserPoolId: required(userPoolId), ...challengeFields });
  const { client, pool } = state.clients.inPool(input.UserPoolId, input.ClientId);
  return answerChallenge(state, pool, client, input);
}
