import { listed, requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { authorizerWire } from './wire-rest-api.ts';

export const getAuthorizers: Operation = {
  name: 'GetAuthorizers',
  method: 'GET',
  path: '/restapis/{restApiId}/authorizers',
  run: (deps, request) => listAnswer(request, listed(requireApi(deps, request).authorizers, authorizerWire)),
};
