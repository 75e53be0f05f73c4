import { pageOf } from '../../page.ts';
import { integer, pageToken, type RequestBody, readRequest, required } from '../../request-fields.ts';
import type { CognitoState } from '../../state.ts';

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
