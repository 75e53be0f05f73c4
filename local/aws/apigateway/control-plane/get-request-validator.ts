import { requireApi, requirePart } from './find-rest-api.ts';
import type { Operation } from './operation.ts';
import { requestValidatorWire } from './wire-rest-api.ts';

export const getRequestValidator: Operation = {
  name: 'GetRequestValidator',
  method: 'GET',
  path: '/restapis/{restApiId}/requestvalidators/{requestValidatorId}',
  run(deps, request) {
    const { validators } = requireApi(deps, request);
    return {
      status: 200,
      body: requestValidatorWire(
        requirePart(validators, request.params.requestValidatorId, 'Request Validator identifier'),
      ),
    };
  },
};
