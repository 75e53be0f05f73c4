import { conflict, notFound } from '../errors.ts';
import { requireApiKey } from '../keys/api-keys.ts';
import type { ApiKey } from '../keys/records.ts';
import type { Operation } from './operation.ts';
import { applyPatches, type Changes, readFlag, readPatches } from './patch.ts';
import { apiKeyWire } from './wire-keys.ts';

const changes: Changes<ApiKey> = {
  'replace /name': (key, name) => ({ ...key, name }),
  'replace /description': (key, description) => ({ ...key, description }),
  'replace /customerId': (key, customerId) => ({ ...key, customerId }),
  'replace /enabled': (key, value) => ({ ...key, enabled: readFlag(value) }),
  'add /labels': (key, label) => ({ ...key, labels: [...(key.labels ?? []), label] }),
  'remove /labels': (key, label) => ({ ...key, labels: (key.labels ?? []).filter((each) => each !== label) }),
  'add /stages': (key, stage) => {
    if (key.stageKeys.includes(stage))
      throw conflict(`Stage ${stage} is already associated with the API Key`);
    return { ...key, stageKeys: [...key.stageKeys, stage] };
  },
  'remove /stages': (key, stage) => {
    if (!key.stageKeys.includes(stage)) throw notFound('Invalid stage identifier specified');
    return { ...key, stageKeys: key.stageKeys.filter((each) => each !== stage) };
  },
};

export const updateApiKey: Operation = {
  name: 'UpdateApiKey',
  method: 'PATCH',
  path: '/apikeys/{apiKey}',
  run({ records, clock }, { params, body }) {
    const key = requireApiKey(records, params.apiKey ?? '');
    const updated = { ...applyPatches(key, readPatches(body), changes), updatedAt: clock.now() };
    records.keys.put(key.id, updated);
    return { status: 200, body: apiKeyWire(updated, { includeValue: false }) };
  },
};
