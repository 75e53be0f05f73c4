import { gatewayResponseTypes } from '../rest-api/gateway-response-types.ts';
import { requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { gatewayResponseWire } from './wire-rest-api.ts';

export const getGatewayResponses: Operation = {
  name: 'GetGatewayResponses',
  method: 'GET',
  path: '/restapis/{restApiId}/gatewayresponses',
  run(deps, request) {
    const api = requireApi(deps, request);
    return listAnswer(
      request,
      gatewayResponseTypes.map((type) => ({ id: type, value: gatewayResponseWire(api, type) })),
    );
  },
};
