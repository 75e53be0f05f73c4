import { requireApiKey } from '../keys/api-keys.ts';
import type { Operation } from './operation.ts';
import { apiKeyWire } from './wire-keys.ts';

export const getApiKey: Operation = {
  name: 'GetApiKey',
  method: 'GET',
  path: '/apikeys/{apiKey}',
  run({ records }, { params, query }) {
    const key = requireApiKey(records, params.apiKey ?? '');
    return { status: 200, body: apiKeyWire(key, { includeValue: query.get('includeValue') === 'true' }) };
  },
};
