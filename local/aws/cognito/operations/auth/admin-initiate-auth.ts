import { invalidParameter } from '../../errors.ts';
import type { AuthAnswer } from '../../log-in/after-password.ts';
import { assertFlowEnabled } from '../../log-in/auth-flows.ts';
import { signInWithPassword } from '../../log-in/password-log-in.ts';
import {
  clientId,
  type RequestBody,
  readRequest,
  required,
  textMap,
  userPoolId,
} from '../../request-fields.ts';
import { authFlow, initiateCommonAuth, type SignInState } from './initiate-auth.ts';

export async function adminInitiateAuth(state: SignInState, body: RequestBody): Promise<AuthAnswer> {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    ClientId: required(clientId),
    AuthFlow: required(authFlow),
    AuthParameters: textMap,
  });
  const { client, pool } = state.clients.inPool(input.UserPoolId, input.ClientId);
  switch (input.AuthFlow) {
    case 'ADMIN_USER_PASSWORD_AUTH':
    case 'ADMIN_NO_SRP_AUTH':
      assertFlowEnabled(client, 'ADMIN_USER_PASSWORD_AUTH');
      return signInWithPassword(state, pool, client, input.AuthParameters);
    case 'USER_PASSWORD_AUTH':
      throw invalidParameter('Auth flow not enabled for this client');
    default:
      return initiateCommonAuth(state, pool, client, input.AuthFlow, input.AuthParameters);
  }
}
