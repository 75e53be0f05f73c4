import { requireApi, requirePart } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { authorizerWire } from './wire-rest-api.ts';

export const getAuthorizer: Operation = {
  name: 'GetAuthorizer',
  method: 'GET',
  path: '/restapis/{restApiId}/authorizers/{authorizerId}',
  run(deps, request) {
    const { authorizers } = requireApi(deps, request);
    return {
      status: 200,
      body: authorizerWire(requirePart(authorizers, request.params.authorizerId, 'Authorizer identifier')),
    };
  },
};
