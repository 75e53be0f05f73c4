import { pageOf } from '../list-page.ts';
import {
  clientId,
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
  userPoolId,
} from '../request-fields.ts';
import type { CognitoState } from '../shared-state.ts';

export function listUserPools(state: Pick<CognitoState, 'pools'>, body: RequestBody): object {
  const input = readRequest(body, {
    MaxResults: required(integer({ min: 1, max: 60 })),
    NextToken: pageToken,
  });
  const page = pageOf(state.pools.list(), ({ id }) => id, {
    limit: input.MaxResults,
    token: input.NextToken,
  });
  return {
    UserPools: page.items.map((pool) => ({
      Id: pool.id,
      Name: pool.properties.UserPoolName ?? pool.id,
      LambdaConfig: {},
      CreationDate: pool.createdAt / 1000,
      LastModifiedDate: pool.modifiedAt / 1000,
    })),
    NextToken: page.next,
  };
}

export function listUserPoolClients(
  state: Pick<CognitoState, 'clients' | 'pools'>,
  body: RequestBody,
): object {
  const input = readRequest(body, {
    UserPoolId: required(userPoolId),
    MaxResults: integer({ min: 1, max: 60 }),
    NextToken: pageToken,
  });
  const clients = state.clients.list(state.pools.get(input.UserPoolId).id);
  const page = pageOf(clients, ({ id }) => id, { limit: input.MaxResults, token: input.NextToken });
  return {
    UserPoolClients: page.items.map((client) => ({
      ClientId: client.id,
      UserPoolId: client.poolId,
      ClientName: client.properties.ClientName ?? client.id,
    })),
    NextToken: page.next,
  };
}

/** Properties of the template that the API doesn't return. */
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
