import { removeApiKey } from '../keys/api-keys.ts';
import type { Operation } from './operation.ts';

export const deleteApiKey: Operation = {
  name: 'DeleteApiKey',
  method: 'DELETE',
  path: '/apikeys/{apiKey}',
  run({ records }, { params }) {
    removeApiKey(records, params.apiKey ?? '');
    return { status: 202 };
  },
};
