import { AwsError } from '../../../service.ts';
import { invalidParameter, notSupportedHere } from '../../errors.ts';
import type { AuthAnswer } from '../../log-in/after-password.ts';
import { assertFlowEnabled, requiredEntry } from '../../log-in/auth-flows.ts';
import { logInByChoice } from '../../log-in/choice-log-in.ts';
import { logInWithPassword } from '../../log-in/password-log-in.ts';
import { redeem, refresh, rotates } from '../../log-in/refresh.ts';
import type { Client } from '../../pools/clients.ts';
import type { Pool } from '../../pools/pools.ts';
import { assertSecretHash } from '../../pools/secret-hash.ts';
import { clientId, type RequestBody, readRequest, required, text, textMap } from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { loginName } from '../../users/users.ts';

type LogInState = Pick<
  CognitoState,
  'challenges' | 'clients' | 'clock' | 'hashes' | 'lockouts' | 'logins' | 'randomness' | 'tokens' | 'users'
>;

const authFlow = text({
  oneOf: [
    ...['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN', 'CUSTOM_AUTH', 'ADMIN_NO_SRP_AUTH'],
    ...['USER_PASSWORD_AUTH', 'ADMIN_USER_PASSWORD_AUTH', 'USER_AUTH'],
  ],
});

export async function initiateAuth(state: LogInState, body: RequestBody): Promise<AuthAnswer> {
  const input = readRequest(body, {
    AuthFlow: required(authFlow),
    ClientId: required(clientId),
    AuthParameters: textMap,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  switch (input.AuthFlow) {
    case 'USER_PASSWORD_AUTH':
      assertFlowEnabled(client, 'USER_PASSWORD_AUTH');
      return logInWithPassword(state, pool, client, input.AuthParameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      assertFlowEnabled(client, 'REFRESH_TOKEN_AUTH');
      return refreshAuth(state, pool, client, input.AuthParameters);
    case 'USER_AUTH':
      assertFlowEnabled(client, 'USER_AUTH');
      return logInByChoice(state, pool, client, input.AuthParameters);
    case 'ADMIN_USER_PASSWORD_AUTH':
    case 'ADMIN_NO_SRP_AUTH':
      throw invalidParameter('Initiate Auth method not supported.');
    default:
      throw notSupportedHere(`AuthFlow ${input.AuthFlow}`);
  }
}

function refreshAuth(
  state: LogInState,
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
  assertSecretHash(client, parameters.SECRET_HASH, [user.username, loginName(pool, user)]);
  return refresh(state, pool, client, redeemed);
}
