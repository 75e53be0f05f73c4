import type { Clock } from '../../../clock.ts';
import type { Randomness } from '../../../randomness.ts';
import { badRequest, conflict, limitExceeded, notFound } from '../errors.ts';
import { randomId, randomKeyValue } from '../identifiers.ts';
import { activationTime } from './key-bindings.ts';
import { type ApiKey, given, nextOrder, type Records } from './stored-keys-and-plans.ts';

/** AWS's fixed quota of one account and Region. */
const keysPerAccount = 10_000;

export type NewApiKey = Pick<ApiKey, 'enabled' | 'stageKeys' | 'tags'> &
  Partial<Pick<ApiKey, 'id' | 'value' | 'name' | 'description' | 'customerId'>>;

export interface ApiKeyDependencies {
  records: Records;
  clock: Clock;
  randomness: Randomness;
  activationDelaySeconds: number;
}

/** @throws AwsError when the value has the wrong form or is taken, or the account's quota is reached */
export function addApiKey(deps: ApiKeyDependencies, { value: chosen, ...key }: NewApiKey): ApiKey {
  const { records, clock, randomness } = deps;
  const value = chosen ?? randomKeyValue(randomness);
  checkValue(value);
  if (records.keyIds.get(value) !== undefined) throw conflict('API Key already exists');
  const existing = records.keys.list();
  if (existing.length >= keysPerAccount) {
    throw limitExceeded(
      `Maximum number of API keys for this account has been reached. Please contact AWS if you need additional API keys.`,
    );
  }
  const now = clock.now();
  const times = { createdAt: now, updatedAt: now, ...given('activeAt', activationTime(deps)) };
  const order = nextOrder(existing);
  const record: ApiKey = { id: randomId(randomness, 10), ...key, value, order, ...times };
  records.atomically(() => {
    records.keys.put(record.id, record);
    records.keyIds.put(value, record.id);
  });
  return record;
}

function checkValue(value: string): void {
  if (value.length < 20) throw badRequest('API Key value should be at least 20 characters');
  if (value.length > 128) throw badRequest('API Key value exceeds maximum size of 128 characters');
  if (!/^[A-Za-z0-9]+$/.test(value))
    throw badRequest('API Key value should only contain alphanumeric characters');
}

/** @throws NotFoundException */
export function requireApiKey(records: Records, id: string): ApiKey {
  const key = records.keys.get(id);
  if (key === undefined) throw notFound('Invalid API Key identifier specified');
  return key;
}

/** Removes a key and its bindings; from then on the data plane refuses it. @throws NotFoundException */
export function removeApiKey(records: Records, id: string): void {
  const { value } = requireApiKey(records, id);
  records.atomically(() => {
    records.keys.delete(id);
    records.keyIds.delete(value);
    records.keyPlans.delete(id);
  });
}
