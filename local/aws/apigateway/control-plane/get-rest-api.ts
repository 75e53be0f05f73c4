import { requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { restApiWire } from './wire-rest-api.ts';

export const getRestApi: Operation = {
  name: 'GetRestApi',
  method: 'GET',
  path: '/restapis/{restApiId}',
  run: (deps, request) => ({ status: 200, body: restApiWire(requireApi(deps, request)) }),
};
