import { requireApi, requirePart } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { stageWire } from './wire-rest-api.ts';

export const getStage: Operation = {
  name: 'GetStage',
  method: 'GET',
  path: '/restapis/{restApiId}/stages/{stageName}',
  run(deps, request) {
    const { stages } = requireApi(deps, request);
    return {
      status: 200,
      body: stageWire(requirePart(stages, request.params.stageName, 'stage identifier')),
    };
  },
};
