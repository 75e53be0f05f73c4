import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { isKeyId } from '../../../core/keys/key-id.ts';
import type { KeyRecord, KeyRecords } from '../../../core/keys/ports.ts';
import type { Page } from '../../../core/page.ts';
import type { LiveKeys } from '../../../core/reconcile/ports.ts';
import { readItems } from '../batch-read.ts';
import { invalidCursor } from '../cursors.ts';
import { queryAll } from '../query-all.ts';
import { itemKeys, listShards, livePartition, type Table } from '../table.ts';
import { createCreationWrites } from './creation-writes.ts';
import { createEndWrites } from './end-writes.ts';
import { createPlanChangeWrites } from './plan-change-writes.ts';
import { findRecord } from './record-writes.ts';
import { createRotationWrites } from './rotation-writes.ts';

/** Every change of a key is one transaction that includes its intent, so that no half change is ever seen. */
export function createDynamoKeys(table: Table): KeyRecords {
  const find: KeyRecords['find'] = async (userId, keyId) =>
    isKeyId(keyId) ? findRecord(table, { userId, keyId }) : undefined;

  return {
    ...createCreationWrites(table),
    ...createRotationWrites(table),
    ...createPlanChangeWrites(table),
    ...createEndWrites(table),
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
        new GetCommand({ TableName: table.name, Key: itemKeys.hash(valueHash), ConsistentRead: true }),
      );
      if (pointer.Item === undefined) return undefined;
      return find(String(pointer.Item.userId), String(pointer.Item.keyId));
    },
  };
}

/** Every key that has not ended, for the reconciler. */
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

/** An ended key is gone from API Gateway once its intent is gone. */
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
 * @param pageSize @default as many as fit into DynamoDB's page
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
 * Key ids sort by time, so the id of a page's last key gives the start of the next page. One key more than requested is read
 * to know whether more follow. Another page is read if some of them, a few at most, are still being made.
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
