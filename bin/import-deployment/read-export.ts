import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { KeyRecord } from '../../core/keys/ports.ts';
import { type Item, itemFromJson } from '../archive/item-json.ts';
import { kindOf } from '../archive/item-kinds.ts';
import type { Archive } from '../archive/read-archive.ts';
import type { DirectoryUser } from '../deployment.ts';

export interface ExportedUser extends DirectoryUser {
  isAdmin: boolean;
}

/** What has to be known before the first item is put. */
export interface Exported {
  users: ExportedUser[];
  /** Those that have not ended. */
  keys: KeyRecord[];
  /** API Gateway's ids at the other place, also those of keys that have ended. */
  gatewayIds: Set<string>;
  /** Secrets of keys, by API Gateway's id at the other place. */
  apiKeys: Map<string, string>;
  /** Users' own provider keys, by their item's name. */
  providerKeys: Map<string, string>;
  items(): AsyncIterable<Item>;
}

/** @param open undefined: secrets stay sealed and are left out */
export async function readExport(
  archive: Archive,
  open: ((purpose: string, sealed: string) => string) | undefined,
): Promise<Exported> {
  const exported: Exported = {
    users: [],
    keys: [],
    gatewayIds: new Set(),
    apiKeys: new Map(),
    providerKeys: new Map(),
    items: () => itemsOf(archive),
  };
  for await (const line of archive.lines()) {
    if (line.user !== undefined) exported.users.push(line.user as ExportedUser);
    if (line.item !== undefined) {
      const item = itemFromJson(line.item as Record<string, unknown>);
      if (kindOf(item).name !== 'keys') continue;
      const record = unmarshall(item) as KeyRecord;
      for (const id of [record.apiKeyId, record.previous?.apiKeyId])
        if (id !== undefined) exported.gatewayIds.add(id);
      if (record.status === 'active') exported.keys.push(record);
    }
    if (line.secret === undefined || open === undefined) continue;
    const { apiKeyId, providerKey, sealed } = line.secret as Record<string, string>;
    if (apiKeyId !== undefined) exported.apiKeys.set(apiKeyId, open(`api-key ${apiKeyId}`, sealed ?? ''));
    if (providerKey !== undefined)
      exported.providerKeys.set(providerKey, open(`provider-key ${providerKey}`, sealed ?? ''));
  }
  return exported;
}

async function* itemsOf(archive: Archive): AsyncIterable<Item> {
  for await (const { item } of archive.lines())
    if (item !== undefined) yield itemFromJson(item as Record<string, unknown>);
}
