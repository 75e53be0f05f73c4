import { pageOf } from '../../page.ts';
import {
  integer,
  pageToken,
  type RequestBody,
  readRequest,
  required,
  userPoolId,
} from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';

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
