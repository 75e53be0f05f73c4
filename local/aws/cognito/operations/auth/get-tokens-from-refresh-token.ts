import { notAuthorized } from '../../errors.ts';
import { assertFlowEnabled } from '../../log-in/auth-flows.ts';
import { redeem, refresh, rotates } from '../../log-in/refresh.ts';
import { type Client, secretsOf } from '../../pools/clients.ts';
import { sameText } from '../../pools/secret-hash.ts';
import {
  clientId,
  clientSecret,
  type RequestBody,
  readRequest,
  required,
  token,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';

/** Like REFRESH_TOKEN_AUTH, and the one way to refresh for a client that rotates its refresh tokens. */
export function getTokensFromRefreshToken(
  state: Pick<CognitoState, 'clients' | 'logins' | 'tokens' | 'users'>,
  body: RequestBody,
): object {
  const input = readRequest(body, {
    RefreshToken: required(token),
    ClientId: required(clientId),
    ClientSecret: clientSecret,
  });
  const { client, pool } = state.clients.withPool(input.ClientId);
  if (!hasClientSecret(client, input.ClientSecret)) {
    throw notAuthorized(`Unable to verify the client secret of client ${client.id}`);
  }
  if (!rotates(client)) {
    assertFlowEnabled(client, 'REFRESH_TOKEN_AUTH');
    const redeemed = redeem(state, pool, client, input.RefreshToken);
    return { AuthenticationResult: refresh(state, pool, client, redeemed).AuthenticationResult };
  }
  const redeemed = redeem(state, pool, client, input.RefreshToken);
  const grace = client.properties.RefreshTokenRotation?.RetryGracePeriodSeconds ?? 0;
  state.logins.retireRefreshToken(input.RefreshToken, grace);
  return {
    AuthenticationResult: {
      ...state.tokens.issue(pool, client, redeemed.user, redeemed.login),
      RefreshToken: state.logins.issueRefreshToken(redeemed.login),
    },
  };
}

export function hasClientSecret(client: Client, given: string | undefined): boolean {
  const secrets = secretsOf(client);
  return secrets.length === 0 || secrets.some(({ value }) => sameText(value, given ?? ''));
}
