import { AwsError } from '../../../service.ts';
import {
  clientId,
  clientSecret,
  type RequestBody,
  readRequest,
  required,
  token,
} from '../../request-fields.ts';
import type { CognitoState } from '../../shared-state.ts';
import { revocable } from '../../tokens/tokens.ts';
import { hasClientSecret } from './get-tokens-from-refresh-token.ts';

/** Ends a refresh token and the access tokens of the same login. A token may be revoked twice. */
export function revokeToken(state: Pick<CognitoState, 'clients' | 'logins'>, body: RequestBody): object {
  const input = readRequest(body, {
    Token: required(token),
    ClientId: required(clientId),
    ClientSecret: clientSecret,
  });
  const { client } = state.clients.withPool(input.ClientId);
  if (!hasClientSecret(client, input.ClientSecret)) {
    throw new AwsError('UnauthorizedException', 'Invalid client or secret');
  }
  if (!revocable(client)) {
    throw new AwsError('UnsupportedOperationException', 'Token revocation is not enabled for this client.');
  }
  if (input.Token.split('.').length === 3) {
    throw new AwsError('UnsupportedTokenTypeException', 'Only refresh tokens can be revoked.');
  }
  const login = state.logins.ofRefreshToken(input.Token);
  if (!login) return {};
  if (login.clientId !== client.id) {
    throw new AwsError('UnauthorizedException', 'The token was issued to another client.');
  }
  state.logins.revoke(login.id);
  return {};
}
