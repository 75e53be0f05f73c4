import { AwsError } from '../../../service.ts';
import { invalidParameter, notSupportedHere } from '../../errors.ts';
import type { AuthAnswer } from '../../log-in/after-password.ts';
import { assertFlowEnabled, requiredEntry } from '../../log-in/auth-flows.ts';
import { signInWithPassword } from '../../log-in/password-log-in.ts';
import { redeem, refresh, rotates } from '../../log-in/refresh.ts';
import { startSrpSignIn } from '../../log-in/srp-log-in.ts';
import type { Client } from '../../pools/clients.ts';
import type { Pool } from '../../pools/pools.ts';
import { assertSecretHash } from '../../pools/secret-hash.ts';
import { clientId, type RequestBody, readRequest, required, text, textMap } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';
import { signInName } from '../../users/users.ts';

export type SignInState = Pick<
  CognitoState,
  'challenges' | 'clients' | 'clock' | 'lockouts' | 'randomness' | 'signIns' | 'tokens' | 'users'
>;

export const authFlow = text({
  oneOf: [
    ...['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN', 'CUSTOM_AUTH', 'ADMIN_NO_SRP_AUTH'],
    ...['USER_PASSWORD_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'USER_AUTH'],
  ],
});

export async function initiateAuth(state: SignInState, body: RequestBody): Promise<AuthAnswer> {
  const input = readRequest(body, {
    AuthFlow: required(authFlow),
    ClientId: required(clientId),
    AuthParameters: textMap,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  switch (input.AuthFlow) {
    case 'USER_PASSWORD_AUTH':
      assertFlowEnabled(client, 'USER_PASSWORD_AUTH');
      return signInWithPassword(state, pool, client, input.AuthParameters);
    case 'ADMIN_USER_PASSWORD_AUTH':
    case 'ADMIN_NO_SRP_AUTH':
      throw invalidParameter('Initiate Auth method not supported.');
    default:
      return initiateCommonAuth(state, pool, client, input.AuthFlow, input.AuthParameters);
  }
}

/** The flows that InitiateAuth and AdminInitiateAuth share. */
export function initiateCommonAuth(
  state: SignInState,
  pool: Pool,
  client: Client,
  flow: string,
  parameters: Record<string, string>,
): AuthAnswer {
  switch (flow) {
    case 'USER_SRP_AUTH':
      assertFlowEnabled(client, 'USER_SRP_AUTH');
      return startSrpSignIn(state, pool, client, parameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      assertFlowEnabled(client, 'REFRESH_TOKEN_AUTH');
      return refreshAuth(state, pool, client, parameters);
    default:
      throw notSupportedHere(`AuthFlow ${flow}`);
  }
}

function refreshAuth(
  state: SignInState,
  pool: Pool,
  client: Client,
  parameters: Record<string, string>,
): AuthAnswer {
  if (rotates(client)) {
    throw new AwsError(
      'UnsupportedOperationException',
      'Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken.',
    );
  }
  const redeemed = redeem(state, pool, client, requiredEntry(parameters, 'REFRESH_TOKEN'));
  const { user } = redeemed;
  assertSecretHash(client, parameters.SECRET_HASH, [user.username, signInName(pool, user)]);
  return refresh(state, pool, client, redeemed);
}
