import { requireApi, requirePart } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { deploymentWire } from './wire-rest-api.ts';

export const getDeployment: Operation = {
  name: 'GetDeployment',
  method: 'GET',
  path: '/restapis/{restApiId}/deployments/{deploymentId}',
  run(deps, request) {
    const { deployments } = requireApi(deps, request);
    return {
      status: 200,
      body: deploymentWire(requirePart(deployments, request.params.deploymentId, 'Deployment identifier')),
    };
  },
};
