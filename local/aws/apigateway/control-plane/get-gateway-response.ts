import { notFound } from '../errors.ts';
import { gatewayResponseTypes } from '../rest-api/gateway-response-types.ts';
import { requireApi } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { gatewayResponseWire } from './wire-rest-api.ts';

export const getGatewayResponse: Operation = {
  name: 'GetGatewayResponse',
  method: 'GET',
  path: '/restapis/{restApiId}/gatewayresponses/{responseType}',
  run(deps, request) {
    const api = requireApi(deps, request);
    const type = gatewayResponseTypes.find((known) => known === request.params.responseType);
    if (type === undefined) throw notFound('Invalid gateway response type specified');
    return { status: 200, body: gatewayResponseWire(api, type) };
  },
};
