import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { AllKeys } from '../../../core/admin/ports.ts';
import { isKeyId } from '../../../core/keys/key-id.ts';
import type { KeyRecord } from '../../../core/keys/ports.ts';
import type { Page } from '../../../core/page.ts';
import { itemKeys, listShards, livePartition, type Table } from '../table.ts';
import { invalidCursor, readItems } from '../table-reads.ts';

/** Keys whose user is not known. Those that have ended are found by their user only. */
export function createAllKeys(table: Table): AllKeys {
  return {
    async ownerOf(keyId) {
      if (!isKeyId(keyId)) return undefined;
      const { Item } = await table.documents.send(
        new GetCommand({ TableName: table.name, Key: itemKeys.live(keyId), ConsistentRead: true }),
      );
      return Item === undefined ? undefined : String(Item.userId);
    },

    async listLive({ limit, cursor }) {
      const entries: Record<string, unknown>[] = [];
      for await (const page of liveEntries(table, { limit: limit + 1, cursor })) {
        entries.push(...page);
        if (entries.length > limit) break;
      }
      const shown = entries.slice(0, limit);
      const last = shown.at(-1);
      return {
        records: await recordsOf(table, shown),
        nextCursor: entries.length > limit && last !== undefined ? String(last.sk) : null,
      };
    },
  };
}

/** Shard by shard. A key's id tells its shard, so the id of a page's last key gives the start of the next page. */
async function* liveEntries(table: Table, { limit, cursor }: Page): AsyncIterable<Record<string, unknown>[]> {
  if (cursor !== undefined && !isKeyId(cursor)) throw invalidCursor();
  const start = cursor === undefined ? undefined : itemKeys.live(cursor);
  const shards = Array.from({ length: listShards }, (_unused, shard) => livePartition(shard));
  for (const pk of start === undefined ? shards : shards.slice(shards.indexOf(start.pk))) {
    const pages = paginateQuery(
      { client: table.documents, pageSize: limit, ...(pk === start?.pk && { startingToken: start }) },
      {
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) yield Items;
  }
}

/** In the order of the entries, without keys that ended since. */
async function recordsOf(table: Table, entries: readonly Record<string, unknown>[]): Promise<KeyRecord[]> {
  const items = await readItems(
    table,
    entries.map(({ userId, sk }) => itemKeys.key(String(userId), String(sk))),
  );
  const byId = new Map(items.map((item) => [String(item.keyId), item as unknown as KeyRecord]));
  return entries.flatMap(({ sk }) => byId.get(String(sk)) ?? []);
}
