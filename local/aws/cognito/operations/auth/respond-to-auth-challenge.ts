import { notSupportedHere } from '../../errors.ts';
import type { AuthAnswer } from '../../log-in/after-password.ts';
import { answerNewPassword } from '../../log-in/answer-new-password.ts';
import { finishSrpSignIn } from '../../log-in/srp-log-in.ts';
import type { Client } from '../../pools/clients.ts';
import type { Pool } from '../../pools/pools.ts';
import {
  clientId,
  type RequestBody,
  readRequest,
  required,
  session,
  text,
  textMap,
} from '../../request-fields.ts';
import type { SignInState } from './initiate-auth.ts';

export const challengeFields = {
  ClientId: required(clientId),
  ChallengeName: required(text({ pattern: '[A-Z_]+' })),
  Session: session,
  ChallengeResponses: textMap,
};

export async function respondToAuthChallenge(state: SignInState, body: RequestBody): Promise<AuthAnswer> {
  const input = readRequest(body, challengeFields);
  const { client, pool } = state.clients.withPool(input.ClientId);
  return answerChallenge(state, pool, client, input);
}

export async function answerChallenge(
  state: SignInState,
  pool: Pool,
  client: Client,
  input: {
    ChallengeName: string;
    Session: string | undefined;
    ChallengeResponses: Record<string, string>;
  },
): Promise<AuthAnswer> {
  switch (input.ChallengeName) {
    case 'PASSWORD_VERIFIER':
      return finishSrpSignIn(state, pool, client, input.ChallengeResponses);
    case 'NEW_PASSWORD_REQUIRED':
      return answerNewPassword(state, pool, client, input.Session, input.ChallengeResponses);
    default:
      throw notSupportedHere(`ChallengeName ${input.ChallengeName}`);
  }
}
