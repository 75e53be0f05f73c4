import {
  APIGatewayClient,
  paginateGetApiKeys,
  paginateGetUsagePlanKeys,
  paginateGetUsagePlans,
} from '@aws-sdk/client-api-gateway';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { readGatewayKeyName } from '../../core/keys/key-id.ts';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { tableName } from './platform.ts';

interface GatewayKeyFacts {
  id: string;
  name: string;
  value: string;
  userId: string | undefined;
  keyId: string | undefined;
}

export type Item = Record<string, unknown> & { pk: string; sk: string };

/** Everything there is, read behind the adapters' back. */
export interface Snapshot {
  items: Item[];
  keys: GatewayKeyFacts[];
  /** Ids of keys bound to each plan, by API Gateway's name of it. */
  bound: Map<string, Set<string>>;
}

export function createInspector(url: string) {
  const settings = {
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'inspector', secretAccessKey: 'inspector' },
  };
  const gateway = new APIGatewayClient(settings);
  const table = new DynamoDBClient(settings);
  const documents = DynamoDBDocumentClient.from(table);
  return {
    documents,
    async snapshot(): Promise<Snapshot> {
      const items: Item[] = [];
      for await (const page of paginateScan(
        { client: documents },
        { TableName: tableName, ConsistentRead: true },
      )) {
        items.push(...((page.Items ?? []) as Item[]));
      }
      const keys: GatewayKeyFacts[] = [];
      for await (const page of paginateGetApiKeys(
        { client: gateway, pageSize: 500 },
        { includeValues: true },
      )) {
        for (const { id = '', name = '', value = '' } of page.items ?? []) {
          const owner = readGatewayKeyName(name.replace(/^daypass-[0-9a-f]{8}\./, ''));
          keys.push({ id, name, value, userId: owner?.userId, keyId: owner?.keyId });
        }
      }
      const bound: Snapshot['bound'] = new Map();
      for await (const page of paginateGetUsagePlans({ client: gateway, pageSize: 500 }, {})) {
        for (const { id: usagePlanId = '', name = '' } of page.items ?? []) {
          const ids = new Set<string>();
          const pages = paginateGetUsagePlanKeys({ client: gateway, pageSize: 500 }, { usagePlanId });
          for await (const { items: entries } of pages) for (const { id = '' } of entries ?? []) ids.add(id);
          bound.set(name, ids);
        }
      }
      return { items, keys, bound };
    },
    close() {
      gateway.destroy();
      table.destroy();
    },
  };
}

export type Inspector = ReturnType<typeof createInspector>;

export const recordsIn = ({ items }: Snapshot): KeyRecord[] =>
  items.filter(({ pk, sk }) => pk.startsWith('USER#') && sk.startsWith('KEY#')) as unknown as KeyRecord[];

/**
 * What must hold of every user once the reconciler has been: API Gateway and the table agree, and nothing half
 * made or half ended is left.
 * @returns what is wrong, by user id (`''` for what belongs to nobody)
 */
export function findFaults(snapshot: Snapshot, usagePlanOf: (plan: string) => string): Map<string, string[]> {
  const faults = new Map<string, string[]>();
  const tell = (userId: string | undefined, text: string) => {
    const known = faults.get(userId ?? '') ?? [];
    faults.set(userId ?? '', [...known, text]);
  };
  const records = recordsIn(snapshot);
  const active = records.filter(({ status }) => status === 'active');
  const byKeyId = new Map(active.map((record) => [record.keyId, record]));
  const has = new Set(snapshot.items.map(({ pk, sk }) => `${pk} ${sk}`));
  const gatewayIds = new Set(snapshot.keys.map(({ id }) => id));

  for (const key of snapshot.keys) {
    const record = byKeyId.get(key.keyId ?? '');
    const named = record !== undefined && [record.apiKeyId, record.previous?.apiKeyId].includes(key.id);
    if (!named) tell(key.userId, `API Gateway has ${key.name}, which no active record names`);
  }
  for (const record of records) {
    const { userId, keyId, status, plan, slot } = record;
    if (status === 'creating') tell(userId, `${keyId} is still being made`);
    if (record.rotation !== undefined && status === 'active') tell(userId, `${keyId} is still being rotated`);
    if (record.planChange !== undefined) tell(userId, `${keyId} is still being moved to another plan`);
    if (status !== 'active') continue;
    const { apiKeyId = '', meterId = '', valueHash, person = userId } = record;
    if (!gatewayIds.has(apiKeyId)) tell(userId, `${keyId} is active, and API Gateway has no key of it`);
    for (const id of [apiKeyId, record.previous?.apiKeyId]) {
      const holding = [...snapshot.bound].filter(([, ids]) => ids.has(id ?? '')).map(([name]) => name);
      if (id !== undefined && String(holding) !== usagePlanOf(plan))
        tell(userId, `${keyId} is active on ${plan}, and API Gateway has ${id} on [${holding}]`);
    }
    const meter = snapshot.items.find(({ pk }) => pk === `APIKEY#${meterId}`);
    if (meter?.plan !== plan) tell(userId, `${keyId} is active on ${plan}, and metered on ${meter?.plan}`);
    const expected = [
      `APIKEY#${meterId} METER`,
      `HASH#${valueHash} KEY`,
      `PERSON#${person} PLACE#${plan}#${slot}`,
    ];
    for (const item of expected) if (!has.has(item)) tell(userId, `${keyId} is active without ${item}`);
    if (!snapshot.items.some(({ pk, sk }) => pk.startsWith('LIVE#') && sk === keyId)) {
      tell(userId, `${keyId} is active and not in the list of live keys`);
    }
  }
  for (const item of snapshot.items) {
    const kind = item.pk.split('#')[0];
    const keyId = String(item.keyId ?? (kind === 'LIVE' ? item.sk : ''));
    if (kind === 'PENDING') tell(String(item.userId), `an intent is left: ${item.kind} ${item.sk}`);
    if (kind === 'LIVE' && !byKeyId.has(keyId))
      tell(String(item.userId), `${keyId} is listed as live and is not`);
    const scope = item.sk.startsWith('PROVIDERKEY#') ? item.sk.split('#')[1] : undefined;
    if (scope !== undefined && scope !== 'account' && !byKeyId.has(scope)) {
      tell(item.pk.slice('USER#'.length), `a provider key of ${scope} is left`);
    }
    if (kind === 'HASH' && !byKeyId.has(keyId)) tell(String(item.userId), `a hash of ${keyId} is left`);
    // One that nobody holds keeps what was used of it.
    if (kind === 'PERSON' && item.keyId !== undefined && !byKeyId.has(keyId)) {
      tell(ownerOf(records, keyId), `a place is taken by ${keyId}, which is not active`);
    }
    // Ids of open calls, which an ended key leaves for an hour.
    if (kind === 'APIKEY' && item.values === undefined && item.ttl !== undefined) continue;
    if (kind === 'APIKEY') {
      const meterId = String(item.alias ?? item.pk.slice('APIKEY#'.length));
      const holder = active.find((record) => record.meterId === meterId);
      if (holder === undefined) tell(String(item.userId ?? ''), `a metering item is left: ${item.pk}`);
    }
  }
  return faults;
}

const ownerOf = (records: readonly KeyRecord[], keyId: string) =>
  records.find((record) => record.keyId === keyId)?.userId;

/** What API Gateway would make of a call with this value. @returns its id of the key, or undefined: refused */
export function admittedAs(snapshot: Snapshot, value: string): string | undefined {
  const key = snapshot.keys.find((candidate) => candidate.value === value);
  if (key === undefined) return undefined;
  return [...snapshot.bound.values()].some((ids) => ids.has(key.id)) ? key.id : undefined;
}

/** Items and keys that name a user or one of these hashes. */
export function tracesOf(snapshot: Snapshot, userId: string): string[] {
  const items = snapshot.items.filter((item) => JSON.stringify(item).includes(userId));
  const keys = snapshot.keys.filter((key) => key.userId === userId);
  return [...items.map(({ pk, sk }) => `${pk} ${sk}`), ...keys.map(({ name }) => name)];
}
