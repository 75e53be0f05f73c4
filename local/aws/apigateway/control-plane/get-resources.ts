import { listed, requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { resourceWire } from './wire-rest-api.ts';

export const getResources: Operation = {
  name: 'GetResources',
  method: 'GET',
  path: '/restapis/{restApiId}/resources',
  run(deps, request) {
    const methods = request.query.getAll('embed').includes('methods');
    return listAnswer(
      request,
      listed(requireApi(deps, request).resources, (resource) => resourceWire(resource, { methods })),
    );
  },
};
