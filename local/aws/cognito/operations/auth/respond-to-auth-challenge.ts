import { notSupportedHere } from '../../errors.ts';
import type { AuthAnswer } from '../../log-in/after-password.ts';
import { answerNewPassword, type NewPasswordState } from '../../log-in/answer-new-password.ts';
import {
  clientId,
  type RequestBody,
  readRequest,
  required,
  session,
  text,
  textMap,
} from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';

/** Answers NEW_PASSWORD_REQUIRED, the challenge at the first login of a user whom an administrator made. */
export async function respondToAuthChallenge(
  state: NewPasswordState & Pick<CognitoState, 'clients'>,
  body: RequestBody,
): Promise<AuthAnswer> {
  const input = readRequest(body, {
    ClientId: required(clientId),
    ChallengeName: required(text({ pattern: '[A-Z_]+' })),
    Session: session,
    ChallengeResponses: textMap,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  if (input.ChallengeName !== 'NEW_PASSWORD_REQUIRED') {
    throw notSupportedHere(`ChallengeName ${input.ChallengeName}`);
  }
  return answerNewPassword(state, pool, client, input.Session, input.ChallengeResponses);
}
