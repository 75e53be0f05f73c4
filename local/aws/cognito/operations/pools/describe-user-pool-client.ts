import { clientId, type RequestBody, readRequest, required, userPoolId } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';

/** Properties of the template that the API doesn't answer. */
const templateOnly = new Set(['GenerateSecret', 'UserPoolId', 'ClientName']);

export function describeUserPoolClient(state: Pick<CognitoState, 'clients'>, body: RequestBody): object {
  const input = readRequest(body, { UserPoolId: required(userPoolId), ClientId: required(clientId) });
  const { client } = state.clients.inPool(input.UserPoolId, input.ClientId);
  const properties = Object.entries(client.properties).filter(([name]) => !templateOnly.has(name));
  return {
    UserPoolClient: {
      RefreshTokenValidity: 30,
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'LEGACY',
      ...Object.fromEntries(properties),
      UserPoolId: client.poolId,
      ClientId: client.id,
      ClientName: client.properties.ClientName ?? client.id,
      ClientSecret: client.secret,
      CreationDate: client.createdAt / 1000,
      LastModifiedDate: client.modifiedAt / 1000,
    },
  };
}
