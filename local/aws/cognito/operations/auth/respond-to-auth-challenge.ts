import { notSupportedHere } from '../../errors.ts';
import type { AuthAnswer } from '../../log-in/after-password.ts';
import { answerNewPassword, type NewPasswordState } from '../../log-in/answer-new-password.ts';
import { answerSoftwareToken, type SoftwareTokenState } from '../../log-in/answer-software-token.ts';
import { answerPasskey } from '../../log-in/choice-log-in.ts';
import {
  clientId,
  type RequestBody,
  readRequest,
  required,
  session,
  text,
  textMap,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';

/** Answers NEW_PASSWORD_REQUIRED, at the first login of a user whom an administrator made, SOFTWARE_TOKEN_MFA and WEB_AUTHN. */
export async function respondToAuthChallenge(
  state: NewPasswordState & SoftwareTokenState & Pick<CognitoState, 'clients' | 'randomness'>,
  body: RequestBody,
): Promise<AuthAnswer> {
  const input = readRequest(body, {
    ClientId: required(clientId),
    ChallengeName: required(text({ pattern: '[A-Z_]+' })),
    Session: session,
    ChallengeResponses: textMap,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  switch (input.ChallengeName) {
    case 'NEW_PASSWORD_REQUIRED':
      return answerNewPassword(state, pool, client, input.Session, input.ChallengeResponses);
    case 'SOFTWARE_TOKEN_MFA':
      return answerSoftwareToken(state, pool, client, input.Session, input.ChallengeResponses);
    case 'WEB_AUTHN':
      return answerPasskey(state, pool, client, input.Session, input.ChallengeResponses);
    default:
      throw notSupportedHere(`ChallengeName ${input.ChallengeName}`);
  }
}
