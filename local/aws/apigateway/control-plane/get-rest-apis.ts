import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { restApiWire } from './wire-rest-api.ts';

export const getRestApis: Operation = {
  name: 'GetRestApis',
  method: 'GET',
  path: '/restapis',
  run: ({ directory }, request) =>
    listAnswer(
      request,
      directory.all().map((api) => ({ id: api.id, value: restApiWire(api) })),
    ),
};
