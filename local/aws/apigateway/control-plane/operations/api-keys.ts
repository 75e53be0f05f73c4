import { z } from 'zod';
import { conflict, notFound } from '../../errors.ts';
import { addApiKey, removeApiKey, requireApiKey } from '../../keys/api-keys.ts';
import { type ApiKey, creationOrder, given } from '../../keys/stored-keys-and-plans.ts';
import type { Operation } from '../operation.ts';
import { listAnswer } from '../pagination.ts';
import { applyPatches, type Changes, readFlag, readPatches } from '../patch.ts';
import { readBody, tags } from '../read-body.ts';
import { apiKeyWire } from '../wire.ts';

const input = z.object({
  name: z.string().max(1024).nullish(),
  description: z.string().max(1024).nullish(),
  customerId: z.string().nullish(),
  enabled: z.boolean().default(false),
  value: z.string().nullish(),
  stageKeys: z.array(z.object({ restApiId: z.string(), stageName: z.string() })).default([]),
  tags: tags.default({}),
});

export const createApiKey: Operation = {
  name: 'CreateApiKey',
  method: 'POST',
  path: '/apikeys',
  run(deps, { body }) {
    const { stageKeys, ...wanted } = readBody(input, body);
    for (const { restApiId, stageName } of stageKeys) {
      if (!deps.directory.find(restApiId)?.stages.has(stageName))
        throw notFound('Invalid stage identifier specified');
    }
    const key = addApiKey(deps, {
      ...given('name', wanted.name ?? undefined),
      ...given('description', wanted.description ?? undefined),
      ...given('customerId', wanted.customerId ?? undefined),
      ...given('value', wanted.value ?? undefined),
      enabled: wanted.enabled,
      stageKeys: stageKeys.map(({ restApiId, stageName }) => `${restApiId}/${stageName}`),
      tags: wanted.tags,
    });
    return { status: 201, body: apiKeyWire(key, { includeValue: true }) };
  },
};

export const getApiKey: Operation = {
  name: 'GetApiKey',
  method: 'GET',
  path: '/apikeys/{apiKey}',
  run({ records }, { params, query }) {
    const key = requireApiKey(records, params.apiKey ?? '');
    return { status: 200, body: apiKeyWire(key, { includeValue: query.get('includeValue') === 'true' }) };
  },
};

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

export const deleteApiKey: Operation = {
  name: 'DeleteApiKey',
  method: 'DELETE',
  path: '/apikeys/{apiKey}',
  run({ records }, { params }) {
    removeApiKey(records, params.apiKey ?? '');
    return { status: 202 };
  },
};
