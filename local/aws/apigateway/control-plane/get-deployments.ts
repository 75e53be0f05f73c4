import { listed, requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { deploymentWire } from './wire-rest-api.ts';

export const getDeployments: Operation = {
  name: 'GetDeployments',
  method: 'GET',
  path: '/restapis/{restApiId}/deployments',
  run: (deps, request) => listAnswer(request, listed(requireApi(deps, request).deployments, deploymentWire)),
};
