import { creationOrder } from '../keys/creation-order.ts';
import type { Operation } from './operation.ts';
import { listAnswer } from './pagination.ts';
import { apiKeyWire } from './wire-keys.ts';

export const getApiKeys: Operation = {
  name: 'GetApiKeys',
  method: 'GET',
  path: '/apikeys',
  run({ records }, request) {
    const prefix = request.query.get('name');
    const customerId = request.query.get('customerId');
    const includeValue = request.query.get('includeValues') === 'true';
    const keys = records.keys
      .list()
      .filter(({ value }) => prefix === null || value.name?.startsWith(prefix))
      .filter(({ value }) => customerId === null || value.customerId === customerId);
    return listAnswer(
      request,
      keys.map(({ value }) => ({ id: creationOrder(value), value: apiKeyWire(value, { includeValue }) })),
    );
  },
};
