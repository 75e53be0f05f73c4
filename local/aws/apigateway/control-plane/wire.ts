import type { ApiKey, UsagePlan } from '../keys/stored-keys-and-plans.ts';

const seconds = (milliseconds: number) => milliseconds / 1000;

export const apiKeyWire = (key: ApiKey, options: { includeValue: boolean }) => ({
  id: key.id,
  ...(options.includeValue ? { value: key.value } : {}),
  name: key.name,
  customerId: key.customerId,
  description: key.description,
  enabled: key.enabled,
  createdDate: seconds(key.createdAt),
  lastUpdatedDate: seconds(key.updatedAt),
  stageKeys: key.stageKeys,
  ...tagsWire(key.tags),
});

export const usagePlanWire = ({ tags, order: _, ...plan }: UsagePlan) => ({ ...plan, ...tagsWire(tags) });

export const usagePlanKeyWire = ({ id, name, value }: ApiKey) => ({ id, type: 'API_KEY', value, name });

const tagsWire = (tags: Readonly<Record<string, string>>) => (Object.keys(tags).length > 0 ? { tags } : {});
