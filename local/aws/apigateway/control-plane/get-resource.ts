import { requireResource } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { resourceWire } from './wire-rest-api.ts';

export const getResource: Operation = {
  name: 'GetResource',
  method: 'GET',
  path: '/restapis/{restApiId}/resources/{resourceId}',
  run(deps, request) {
    const methods = request.query.getAll('embed').includes('methods');
    return { status: 200, body: resourceWire(requireResource(deps, request), { methods }) };
  },
};
