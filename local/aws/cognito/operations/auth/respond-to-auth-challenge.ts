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

/** NEW_PASSWORD_REQUIRED alone: it is what a user whom an administrator made gets at the first login. */
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
