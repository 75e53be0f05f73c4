import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isKeyId } from '../../../core/keys/key-id.ts';
import type { KeyRecord, KeyRecords } from '../../../core/keys/ports.ts';
import type { Page } from '../../../core/page.ts';
import type { LiveKeys } from '../../../core/reconcile/ports.ts';
import { readItems } from '../batch-read.ts';
import { invalidCursor } from '../cursors.ts';
import { queryAll } from '../query-all.ts';
import { itemKeys, listShards, livePartition, type Table } from '../table.ts';
import { createKeyWrites } from './key-writes.ts';

export function createDynamoKeys(table: Table): KeyRecords {
  const { name: TableName } = table;
  const find: KeyRecords['find'] = async (userId, keyId) => {
    if (!isKeyId(keyId)) return undefined;
    const answer = await table.documents.send(
      new GetCommand({ TableName, Key: itemKeys.key(userId, keyId), ConsistentRead: true }),
    );
    return answer.Item as KeyRecord | undefined;
  };

  return {
    ...createKeyWrites(table),
    find,

    listAll: (userId) => Array.fromAsync(keysOf(table, userId)).then((pages) => pages.flat()),

    async listUnfinished(userId) {
      const unfinished: KeyRecord[] = [];
      for await (const page of keysOf(table, userId)) unfinished.push(...(await unfinishedOf(table, page)));
      return unfinished;
    },

    listVisible: (userId, page) => listVisible(table, userId, page),

    async findByHash(valueHash) {
      const pointer = await table.documents.send(
        new GetCommand({ TableName, Key: itemKeys.hash(valueHash), ConsistentRead: true }),
      );
      if (pointer.Item === undefined) return undefined;
      return find(String(pointer.Item.userId), String(pointer.Item.keyId));
    },
  };
}

/** Every key that is not ended, for the reconciler. */
export function createDynamoLiveKeys(table: Table): LiveKeys {
  return {
    async *list() {
      for (let shard = 0; shard < listShards; shard += 1) {
        for await (const item of queryAll(table, livePartition(shard))) {
          yield { keyId: String(item.sk), userId: String(item.userId) };
        }
      }
    },
  };
}

/** Nothing is left of an ended key in API Gateway once its intent is gone. */
async function unfinishedOf(table: Table, records: readonly KeyRecord[]): Promise<KeyRecord[]> {
  const ended = records.filter(({ status }) => status === 'revoked' || status === 'expired');
  const pending = await readItems(
    table,
    ended.map(({ keyId }) => itemKeys.pending(keyId)),
  );
  const finished = new Set(ended.map(({ keyId }) => keyId));
  for (const { sk } of pending) finished.delete(String(sk));
  return records.filter(({ keyId }) => !finished.has(keyId));
}

/**
 * Page by page, newest first.
 * @param start the key after which to begin
 * @param pageSize as many as a page of DynamoDB holds unless given
 */
async function* keysOf(
  table: Table,
  userId: string,
  { start, pageSize }: { start?: Record<string, unknown>; pageSize?: number } = {},
): AsyncIterable<KeyRecord[]> {
  const { pk, sk } = itemKeys.key(userId, '');
  const pages = paginateQuery(
    {
      client: table.documents,
      ...(start !== undefined && { startingToken: start }),
      ...(pageSize !== undefined && { pageSize }),
    },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      ScanIndexForward: false,
      ConsistentRead: true,
    },
  );
  for await (const page of pages) yield (page.Items ?? []) as KeyRecord[];
}

/**
 * Key ids sort by time, so the id of a page's last key says where the next one starts. One more is read than is asked for,
 * which tells whether more follows; where keys still being made, a few at most, are among them, once more as many.
 */
async function listVisible(table: Table, userId: string, { limit, cursor }: Page) {
  if (cursor !== undefined && !isKeyId(cursor)) throw invalidCursor();
  const visible: KeyRecord[] = [];
  const start = cursor === undefined ? {} : { start: itemKeys.key(userId, cursor) };
  for await (const page of keysOf(table, userId, { ...start, pageSize: limit + 1 })) {
    visible.push(...page.filter((record) => record.status !== 'creating'));
    if (visible.length > limit) break;
  }
  const records = visible.slice(0, limit);
  return { records, nextCursor: visible.length > limit ? (records.at(-1)?.keyId ?? null) : null };
}
