import { requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { stageWire } from './wire-rest-api.ts';

export const getStages: Operation = {
  name: 'GetStages',
  method: 'GET',
  path: '/restapis/{restApiId}/stages',
  run(deps, request) {
    const deploymentId = request.query.get('deploymentId');
    const stages = [...requireApi(deps, request).stages.values()].filter(
      (stage) => deploymentId === null || stage.deploymentId === deploymentId,
    );
    return { status: 200, body: { item: stages.map(stageWire) } };
  },
};
