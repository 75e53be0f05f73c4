import { z } from 'zod';
import { notFound } from '../errors.ts';
import { addApiKey } from '../keys/api-keys.ts';
import { given } from '../keys/records.ts';
import type { Operation } from './operation.ts';
import { readBody, tags } from './read-body.ts';
import { apiKeyWire } from './wire-keys.ts';

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
