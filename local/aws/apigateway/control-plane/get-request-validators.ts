import { listed, requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { requestValidatorWire } from './wire-rest-api.ts';

export const getRequestValidators: Operation = {
  name: 'GetRequestValidators',
  method: 'GET',
  path: '/restapis/{restApiId}/requestvalidators',
  run: (deps, request) =>
    listAnswer(request, listed(requireApi(deps, request).validators, requestValidatorWire)),
};
