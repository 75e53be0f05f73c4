import { requireApi, requirePart } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { modelWire } from './wire-rest-api.ts';

export const getModel: Operation = {
  name: 'GetModel',
  method: 'GET',
  path: '/restapis/{restApiId}/models/{modelName}',
  run(deps, request) {
    const { models } = requireApi(deps, request);
    return { status: 200, body: modelWire(requirePart(models, request.params.modelName, 'Model Name')) };
  },
};
