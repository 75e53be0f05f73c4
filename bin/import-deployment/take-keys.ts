import { createHash } from 'node:crypto';
import {
  type APIGatewayClient,
  ConflictException,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  paginateGetApiKeys,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { gatewayKeyName } from '../../core/keys/key-id.ts';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { gatewayKeyPrefix } from '../../lambda/adapters/api-gateway/key-prefix.ts';
import { itemKeys } from '../../lambda/adapters/table.ts';
import { hasEnded } from '../archive/ended-keys.ts';
import { batchSize, readHere } from '../archive/read-here.ts';
import type { Connection } from '../connect.ts';
import { type Deployment, gatewaySecrets } from '../deployment.ts';
import type { Exported } from './read-export.ts';

export interface TakenKeys {
  /**
   * API Gateway's ids here, by those at the other place. A secret that has not moved gets one that nothing has, since in the
   * same account the other place's key would otherwise be deleted with the record here.
   */
  ids: Map<string, string>;
  /** Its ids of the plans, by their public names. */
  usagePlanIds: Map<string, string>;
  /** Keys of an earlier import that were ended, or got another secret, here since. Nothing of theirs may come back. */
  changed: Set<string>;
  moved: KeyRecord[];
  left: { record: KeyRecord; reason: string }[];
}

/**
 * Puts the keys' secrets into API Gateway, each on its plan. What an earlier import put there is found by its name, so that one that was
 * cut off is gone on with. Keys that have been revoked or rotated here since stay as they are.
 */
export async function takeKeys(
  connection: Connection,
  deployment: Deployment,
  { keys, gatewayIds, apiKeys }: Pick<Exported, 'keys' | 'gatewayIds' | 'apiKeys'>,
  userIds: ReadonlyMap<string, string>,
): Promise<TakenKeys> {
  const client = connection.apiGateway();
  const usagePlanIds = await readUsagePlanIds(client, deployment);
  const here = new Map<string, string>();
  for await (const { id, keyId, valueStart } of gatewaySecrets(connection, deployment))
    here.set(`${keyId} ${valueStart}`, id);
  const records = await readRecords(connection, deployment, keys, userIds);
  const taken: TakenKeys = { ids: new Map(), usagePlanIds, changed: new Set(), moved: [], left: [] };

  for (const record of keys) {
    const userId = userIds.get(record.userId);
    const known = records.get(record.keyId);
    if (known !== undefined && (hasEnded(known) || known.valueHash !== record.valueHash)) {
      taken.changed.add(record.keyId);
      if (hasEnded(known)) taken.left.push({ record, reason: 'it has ended here since' });
      else taken.moved.push(record);
      continue;
    }
    const foundHere = (valueHash: string) => here.get(`${record.keyId} ${valueHash.slice(0, 12)}`);
    const found = foundHere(record.valueHash);
    const reason =
      userId === undefined
        ? 'its user was not moved'
        : known !== undefined && known.apiKeyId !== found
          ? 'its record is here, and names no key that API Gateway has'
          : found === undefined
            ? whyNotMoved(record, apiKeys)
            : undefined;
    if (reason !== undefined || userId === undefined) {
      taken.left.push({ record, reason: reason ?? '' });
      continue;
    }
    const take = async (apiKeyId: string, valueHash: string): Promise<boolean> => {
      const name = gatewayKeyPrefix(deployment.tableName) + gatewayKeyName({ ...record, userId }, valueHash);
      const secret = apiKeys.get(apiKeyId) ?? '';
      const id = foundHere(valueHash) ?? (await create(client, name, secret, record.plan));
      if (id === undefined) return false;
      await bind(client, id, usagePlanIds.get(record.plan) ?? '');
      taken.ids.set(apiKeyId, id);
      return true;
    };
    // First, since its record names the secret before it only if the key moves at all.
    if (!(await take(record.apiKeyId ?? '', record.valueHash))) {
      taken.left.push({ record, reason: 'another key of this account and Region has its secret' });
      continue;
    }
    const { previous } = record;
    // One that an earlier import put here is named also after its grace, so that the reconciler removes it.
    if (previous !== undefined && (previous.endsAt > Date.now() || foundHere(previous.valueHash)))
      await take(previous.apiKeyId, previous.valueHash);
    taken.moved.push(record);
  }
  for (const id of gatewayIds) if (!taken.ids.has(id)) taken.ids.set(id, `unmoved-${id}`);
  return taken;
}

/** The keys' records as they are here, of those that an earlier import brought. */
async function readRecords(
  connection: Connection,
  deployment: Deployment,
  keys: readonly KeyRecord[],
  userIds: ReadonlyMap<string, string>,
): Promise<Map<string, KeyRecord>> {
  const records = new Map<string, KeyRecord>();
  for (let at = 0; at < keys.length; at += batchSize) {
    const names = keys.slice(at, at + batchSize).flatMap(({ userId, keyId }) => {
      const { pk, sk } = itemKeys.key(userIds.get(userId) ?? '', keyId);
      return userIds.has(userId) ? [{ pk: { S: pk }, sk: { S: sk } }] : [];
    });
    for (const item of (await readHere(connection, deployment, names)).values()) {
      const record = unmarshall(item) as KeyRecord;
      records.set(record.keyId, record);
    }
  }
  return records;
}

export function whyNotMoved(
  { apiKeyId = '', valueHash }: KeyRecord,
  apiKeys: ReadonlyMap<string, string>,
): string | undefined {
  const secret = apiKeys.get(apiKeyId);
  if (secret === undefined) return 'the export does not have its secret';
  if (createHash('sha256').update(secret).digest('hex') !== valueHash)
    return 'the secret in the export is not that of its record';
  return undefined;
}

/** @returns undefined if the export lacks the secret, or another key has it */
async function create(
  client: APIGatewayClient,
  name: string,
  value: string,
  plan: string,
): Promise<string | undefined> {
  if (value === '') return undefined;
  try {
    const description = `Daypass key on ${plan}`;
    const { id } = await client.send(new CreateApiKeyCommand({ name, value, description, enabled: true }));
    return id;
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    // An earlier attempt of this call may have made it, and its reply was lost.
    for await (const { items = [] } of paginateGetApiKeys({ client }, { nameQuery: name }))
      for (const key of items) if (key.name === name) return key.id;
    return undefined;
  }
}

async function bind(client: APIGatewayClient, keyId: string, usagePlanId: string): Promise<void> {
  try {
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
  } catch (error) {
    // Bound by an earlier import.
    if (!(error instanceof ConflictException)) throw error;
  }
}

async function readUsagePlanIds(
  client: APIGatewayClient,
  { plans }: Deployment,
): Promise<Map<string, string>> {
  const names = new Map(plans.map(({ name, usagePlanName }) => [usagePlanName, name]));
  const ids = new Map<string, string>();
  for await (const { items = [] } of paginateGetUsagePlans({ client }, {})) {
    for (const { id, name = '' } of items) {
      const plan = names.get(name);
      if (plan !== undefined && id !== undefined) ids.set(plan, id);
    }
  }
  return ids;
}
