import { requirePart, requireResource } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { methodWire } from './wire-rest-api.ts';

export const getMethod: Operation = {
  name: 'GetMethod',
  method: 'GET',
  path: '/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}',
  run(deps, request) {
    const { methods } = requireResource(deps, request);
    return {
      status: 200,
      body: methodWire(requirePart(methods, request.params.httpMethod, 'Method identifier')),
    };
  },
};
