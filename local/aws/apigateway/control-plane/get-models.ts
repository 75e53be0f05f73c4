import { listed, requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { modelWire } from './wire-rest-api.ts';

export const getModels: Operation = {
  name: 'GetModels',
  method: 'GET',
  path: '/restapis/{restApiId}/models',
  run: (deps, request) => listAnswer(request, listed(requireApi(deps, request).models, modelWire)),
};
